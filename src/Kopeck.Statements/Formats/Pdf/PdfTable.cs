namespace Kopeck.Statements.Formats.Pdf;

/// <summary>A column of a table.</summary>
/// <param name="Width">In thousandths of a point.</param>
readonly record struct PdfColumn(string Heading, int Width, bool IsRight = false);

/// <summary>A table over many pages, with its headings on each of them. Texts that are wider than their column go on in the next line.</summary>
sealed class PdfTable(PdfPages pages, PdfColumn[] columns, int top, Func<int> beginPage)
{
    const int Size = 7;
    const int Leading = 9_000;
    const int Padding = 4_000;
    const int Bottom = 40_000;
    const int Gap = 5_000;

    int place = top;

    /// <summary>Makes room for so many short rows, on the next page where there is none here.</summary>
    public void Keep(int rows)
    {
        if (place - rows * (Leading + Padding) < Bottom)
            TurnPage();
    }

    /// <summary>Begins a part with its title and, below it, the headings; on the next page where there is no room here for so many rows.</summary>
    public void Begin(string title, int size, int rows)
    {
        if (place - rows * (Leading + Padding) < Bottom)
        {
            pages.EndPage();
            place = beginPage();
        }

        Line(title, size, isBold: true);
        Headings();
    }

    public void Row(string?[] cells, bool isBold = false)
    {
        var lines = new List<string>[columns.Length];
        for (var index = 0; index < columns.Length; index++)
            lines[index] = Wrap(cells[index] ?? "", columns[index].Width - Gap, isBold);
        if (place - Height(lines) < Bottom)
            TurnPage();
        Draw(lines, isBold, gray: 850);
    }

    /// <summary>A text over all columns.</summary>
    public void Line(string text, int size, bool isBold)
    {
        foreach (var line in Wrap(text, PdfPages.Width - 2 * PdfPages.Margin, isBold, size))
        {
            if (place - 2 * size * 1000 < Bottom)
                TurnPage();
            place -= size * 1000 + Padding + 2_000;
            pages.Text(line, PdfPages.Margin, place, size, isBold);
        }

        place -= Padding;
    }

    void TurnPage()
    {
        pages.EndPage();
        place = beginPage();
        Headings();
    }

    void Headings() => Draw([.. columns.Select(column => Wrap(column.Heading, column.Width - Gap, isBold: true))], isBold: true, gray: 0);

    void Draw(List<string>[] lines, bool isBold, int gray)
    {
        var left = PdfPages.Margin;
        for (var index = 0; index < columns.Length; index++)
        {
            var column = columns[index];
            for (var line = 0; line < lines[index].Count; line++)
            {
                var text = lines[index][line];
                var start = column.IsRight ? left + column.Width - Gap - pages.Measure(text, Size, isBold) : left;
                pages.Text(text, start, place - (line + 1) * Leading, Size, isBold);
            }

            left += column.Width;
        }

        place -= Height(lines);
        pages.Rule(place + 1_000, gray);
    }

    static int Height(List<string>[] lines) => lines.Max(column => column.Count) * Leading + Padding;

    List<string> Wrap(string text, int width, bool isBold, int size = Size)
    {
        var lines = new List<string>();
        var rest = text;
        while (rest.Length > 0 && pages.Measure(rest, size, isBold) > width)
        {
            var (length, used, space) = (0, 0, 0);
            foreach (var character in rest.EnumerateRunes())
            {
                used += pages.Measure(character.ToString(), size, isBold);
                if (used > width && length > 0)
                    break;
                length += character.Utf16SequenceLength;
                if (character.Value == ' ')
                    space = length;
            }

            // Between words where there are any, else where the column ends.
            var cut = space > 0 ? space : length;
            lines.Add(rest[..cut].TrimEnd(' '));
            rest = rest[cut..];
        }

        lines.Add(rest);
        return lines;
    }
}
