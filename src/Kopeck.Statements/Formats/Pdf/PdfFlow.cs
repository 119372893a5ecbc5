namespace Kopeck.Statements.Formats.Pdf;

/// <summary>Where the next thing goes, from the top of a page to its foot, and then on the next.</summary>
/// <param name="top">Where it starts on the first page.</param>
/// <param name="beginPage">Draws the head of a further page, and answers where it ends.</param>
sealed class PdfFlow(PdfPages pages, int top, Func<int> beginPage)
{
    const int Bottom = 40_000;
    const int Padding = 4_000;

    public PdfPages Pages => pages;

    /// <summary>The upper edge of what comes next.</summary>
    public int Place { get; private set; } = top;

    /// <summary>What is drawn first on a further page, such as a table's headings.</summary>
    public Action? Repeat { get; set; }

    public bool HasRoom(int height) => Place - height >= Bottom;

    public void Take(int height) => Place -= height;

    public void TurnPage()
    {
        pages.EndPage();
        Place = beginPage();
        Repeat?.Invoke();
    }

    /// <summary>A paragraph from margin to margin.</summary>
    public void Paragraph(string text, int size, bool isBold, string type = "P")
    {
        var lines = PdfWrap.Lines(pages, text, pages.Inside, size, isBold);
        if (!HasRoom(2 * size))
            TurnPage();
        Place -= Padding / 2;
        pages.Begin(type, pages.Tags.Document);
        foreach (var line in lines)
        {
            Place -= size + size / 4;
            pages.Text(line, PdfPages.Margin, Place, size, isBold);
        }

        pages.End();
        Place -= Padding;
    }
}
