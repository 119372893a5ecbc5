using System.Text;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// The European Central Bank's reference rates in CSV: eurofxref.csv with a date such as <c>03 June 2021</c> and a space after each
/// comma, eurofxref-hist.csv with ISO dates and <c>N/A</c>; both end each line with a comma. Units of the currency for 1 EUR.
/// </summary>
static class EcbCsvFeed
{
    static readonly string[] DateFormats = ["yyyy-MM-dd", "d MMMM yyyy", "dd MMMM yyyy"];

    /// <summary>Whether a cell says that there is no rate.</summary>
    public static bool IsNone(string cell) => cell is "" or "N/A" or "-";

    public static FieldError? Read(ReadOnlySpan<byte> content, out FeedContent? feed)
    {
        feed = null;
        if (!System.Text.Unicode.Utf8.IsValid(content))
            return FeedErrors.Malformed("CSV", "not valid UTF-8");
        var lines = Encoding.UTF8.GetString(content).Split('\n');
        var headingAt = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        var heading = Cells(lines[headingAt]);
        while (heading.Count > 1 && heading[^1].Length == 0)
            heading.RemoveAt(heading.Count - 1);
        if (!heading[0].Equals("Date", StringComparison.OrdinalIgnoreCase))
            return FeedErrors.UnknownFormat;

        var days = new FeedDays("ecb", FeedNotation.Ecb);
        for (var index = headingAt + 1; index < lines.Length; index++)
        {
            if (!string.IsNullOrWhiteSpace(lines[index]) && ReadRow(days, heading, Cells(lines[index]), $"line {index + 1}") is { } wrong)
                return wrong;
        }

        return days.Finish(out feed);
    }

    static FieldError? ReadRow(FeedDays days, List<string> heading, List<string> cells, string place)
    {
        while (cells.Count > heading.Count && cells[^1].Length == 0)
            cells.RemoveAt(cells.Count - 1);
        if (cells.Count != heading.Count)
            return FeedErrors.Malformed(place, $"{cells.Count} cells under {heading.Count} headings");
        FeedDays.Day? day = null;
        if ((FeedDays.ReadDate(cells[0], place, out var date, DateFormats) ?? days.Begin(date, "EUR", "1", out day)) is { } wrongDay)
            return wrongDay;
        for (var column = 1; column < cells.Count; column++)
        {
            if (!IsNone(cells[column]) && days.Add(day!, heading[column], cells[column]) is { } wrong)
                return wrong;
        }

        return null;
    }

    static List<string> Cells(string line) => [.. line.Split(',').Select(cell => cell.Trim(' ', '\t', '\r'))];
}
