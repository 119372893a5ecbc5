namespace Kopeck.Statements.Formats.Pdf;

/// <summary>A cell as it is drawn.</summary>
/// <param name="Size">Of its letters, in thousandths of a point.</param>
readonly record struct PdfCell(IReadOnlyList<string> Lines, int Size);
