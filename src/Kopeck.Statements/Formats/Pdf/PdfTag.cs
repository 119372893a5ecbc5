namespace Kopeck.Statements.Formats.Pdf;

/// <summary>A part of a document that has parts of its own, such as a table.</summary>
sealed class PdfTag(int number, string type, int parent)
{
    public int Number => number;

    public string Type => type;

    public int Parent => parent;

    public List<int> Parts { get; } = [];
}
