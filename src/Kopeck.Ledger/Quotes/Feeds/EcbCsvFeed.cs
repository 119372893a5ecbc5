using System.Text;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// The European Central Bank's reference rates in CSV: eurofxref.csv with a date such as <c>03 June 2021</c> and a space after each
/// comma, eurofxref-hist.csv with ISO dates and <c>N/A</c>; both end each line with a comma. Units of the currency for 1 EUR.
/// </summary>
static class EcbCsvFeed
{
    const string Blanks = " \t\r";

    static readonly string[] DateFormats = ["yyyy-MM-dd", "d MMMM yyyy", "dd MMMM yyyy"];

    /// <summary>Whether a cell says that there is no rate.</summary>
    public static bool IsNone(ReadOnlySpan<char> cell) => cell is "" or "N/A" or "-";

    public static FieldError? Read(ReadOnlySpan<byte> content, out FeedContent? feed)
    {
        feed = null;
        if (!System.Text.Unicode.Utf8.IsValid(content))
            return FeedErrors.Malformed("CSV", "not valid UTF-8");
        var lines = Encoding.UTF8.GetString(content).Split('\n');
        var headingAt = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        List<string> heading = [.. lines[headingAt].Split(',').Select(cell => cell.AsSpan().Trim(Blanks).ToString())];
        while (heading.Count > 1 && heading[^1].Length == 0)
            heading.RemoveAt(heading.Count - 1);
        if (!heading[0].Equals("Date", StringComparison.OrdinalIgnoreCase))
            return FeedErrors.UnknownFormat;

        var days = new FeedDays("ecb", FeedNotation.Ecb);
        for (var index = headingAt + 1; index < lines.Length; index++)
        {
            if (!string.IsNullOrWhiteSpace(lines[index]) && ReadRow(days, heading, lines[index], index + 1) is { } wrong)
                return wrong;
        }

        return days.Finish(out feed);
    }

    static FieldError? ReadRow(FeedDays days, List<string> heading, ReadOnlySpan<char> line, int number)
    {
        var cells = Count(line, heading.Count);
        if (cells != heading.Count)
            return FeedErrors.Malformed(Place(number), $"{cells} cells under {heading.Count} headings");
        FeedDays.Day? day = null;
        var column = 0;
        foreach (var range in line.Split(','))
        {
            var cell = line[range].Trim(Blanks);
            var wrong = column == 0
                ? FeedDays.ReadDate(cell.ToString(), Place(number), out var date, DateFormats) ?? days.Begin(date, "EUR", "1", out day)
                : column < cells && !IsNone(cell) ? days.Add(day!, heading[column], cell) : null;
            if (wrong is not null)
                return wrong;
            column++;
        }

        return null;
    }

    /// <summary>The cells of a line, without empty ones at the end that have no heading.</summary>
    static int Count(ReadOnlySpan<char> line, int headings)
    {
        var (cells, filled) = (0, 0);
        foreach (var range in line.Split(','))
        {
            cells++;
            if (!line[range].Trim(Blanks).IsEmpty)
                filled = cells;
        }

        return Math.Max(filled, Math.Min(cells, headings));
    }

    static string Place(int line) => $"line {line}";
}
