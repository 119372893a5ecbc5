namespace Kopeck.Statements.Formats.Pdf;

/// <summary>A table over many pages, with its headings on each of them.</summary>
sealed class PdfTable
{
    const int Size = 7_000;
    const int MinSize = 3_500;
    const int Leading = 9_000;
    const int Padding = 4_000;
    const int Gap = 5_000;

    readonly PdfFlow flow;
    readonly PdfColumn[] columns;
    readonly PdfTag table;

    /// <summary>Begins a table with its headings.</summary>
    public PdfTable(PdfFlow flow, PdfColumn[] columns)
    {
        this.flow = flow;
        this.columns = columns;
        table = flow.Pages.Tags.Open("Table", flow.Pages.Tags.Document);
        var cells = Headings();
        if (!flow.HasRoom(Height(cells)))
            flow.TurnPage();
        flow.Pages.Shade(flow.Place - Height(cells) + 1_000, Height(cells), gray: 930);
        DrawTagged(cells, "TH", isBold: true);
        End(cells, gray: 0);
        flow.Repeat = Repeat;
    }

    /// <summary>How many columns it has.</summary>
    public int Columns => columns.Length;

    /// <summary>Makes room for so many short rows, on the next page where there is none here.</summary>
    public void Keep(int rows)
    {
        if (!flow.HasRoom(RowsHeight(rows)))
            flow.TurnPage();
    }

    /// <summary>The height of so many short rows.</summary>
    public static int RowsHeight(int rows) => rows * (Leading + Padding);

    public void Row(string?[] texts, bool isBold = false)
    {
        var cells = new PdfCell[columns.Length];
        for (var index = 0; index < columns.Length; index++)
            cells[index] = Fit(texts[index] ?? "", columns[index], isBold);
        if (!flow.HasRoom(Height(cells)))
            flow.TurnPage();
        DrawTagged(cells, "TD", isBold);
        End(cells, gray: 850);
    }

    /// <summary>Ends the table.</summary>
    public void Finish()
    {
        flow.Repeat = null;
        flow.Pages.Tags.Close(table);
        flow.Take(Padding);
    }

    void Repeat()
    {
        var cells = Headings();
        flow.Pages.Shade(flow.Place - Height(cells) + 1_000, Height(cells), gray: 930);
        flow.Pages.BeginArtifact();
        for (var index = 0; index < cells.Length; index++)
            Draw(cells[index], index, isBold: true);
        flow.Pages.End();
        End(cells, gray: 0);
    }

    PdfCell[] Headings() =>
        [.. columns.Select(column => new PdfCell(PdfWrap.Lines(flow.Pages, column.Heading, column.Width - Gap, Size, isBold: true), Size))];

    PdfCell Fit(string text, PdfColumn column, bool isBold)
    {
        var width = column.Width - Gap;
        if (!column.IsNumber)
            return new PdfCell(PdfWrap.Lines(flow.Pages, text, width, Size, isBold), Size);
        var lines = text.Split('\n');
        var widest = lines.Max(line => flow.Pages.Measure(line, Size, isBold));
        return new PdfCell(lines, widest <= width ? Size : Math.Max(MinSize, (int)((long)Size * width / widest)));
    }

    void DrawTagged(PdfCell[] cells, string type, bool isBold)
    {
        var row = flow.Pages.Tags.Open("TR", table);
        for (var index = 0; index < cells.Length; index++)
        {
            if (cells[index].Lines is [""])
            {
                flow.Pages.Tags.Empty(type, row);
                continue;
            }

            flow.Pages.Begin(type, row);
            Draw(cells[index], index, isBold);
            flow.Pages.End();
        }

        flow.Pages.Tags.Close(row);
    }

    void Draw(PdfCell cell, int index, bool isBold)
    {
        var column = columns[index];
        var left = PdfPages.Margin + columns.Take(index).Sum(before => before.Width);
        for (var line = 0; line < cell.Lines.Count; line++)
        {
            var text = cell.Lines[line];
            var start = column.IsNumber ? left + column.Width - Gap - flow.Pages.Measure(text, cell.Size, isBold) : left;
            flow.Pages.Text(text, start, flow.Place - (line + 1) * Leading, cell.Size, isBold);
        }
    }

    void End(PdfCell[] cells, int gray)
    {
        flow.Take(Height(cells));
        flow.Pages.Rule(flow.Place + 1_000, gray);
    }

    static int Height(PdfCell[] cells) => cells.Max(cell => cell.Lines.Count) * Leading + Padding;
}
