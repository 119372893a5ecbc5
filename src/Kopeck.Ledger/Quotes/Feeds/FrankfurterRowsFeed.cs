using System.Text.Json;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// Frankfurter's API v2: rows <c>{"date", "base", "quote", "rate"}</c>, in an array or one a line. Units of the quote currency for
/// one unit of the base.
/// </summary>
static class FrankfurterRowsFeed
{
    public static FieldError? Read(List<JsonElement> rows, out FeedContent? feed)
    {
        feed = null;
        var days = new FeedDays("frankfurter", FeedNotation.Json);
        for (var index = 0; index < rows.Count; index++)
        {
            if (ReadRow(days, rows[index], $"row {index + 1}") is { } wrong)
                return wrong;
        }

        return days.Finish(out feed);
    }

    static FieldError? ReadRow(FeedDays days, JsonElement row, string place)
    {
        if (row.ValueKind != JsonValueKind.Object)
            return FeedErrors.Malformed(place, "not an object");
        if (JsonFeed.MemberThatIsThereTwice(row) is { } name)
            return FeedErrors.Malformed(place, $"the member {FeedErrors.Show(name)} is there twice");
        if (!row.TryGetProperty("rate", out var rate))
            return FeedErrors.Malformed(place, "rate is missing");
        return JsonFeed.ReadText(row, "date", place, out var text)
            ?? JsonFeed.ReadText(row, "base", place, out var baseCode)
            ?? JsonFeed.ReadText(row, "quote", place, out var quote)
            ?? FeedDays.ReadDate(text, place, out var date, FrankfurterFeed.DateFormat)
            ?? days.BeginOrContinue(date, baseCode, out var day)
            ?? days.Add(day!, quote, rate.GetRawText());
    }
}
