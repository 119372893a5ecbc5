using System.Text.Json;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// Frankfurter's API v1: <c>{"amount", "base", "date", "rates": {"USD": 1.1}}</c> of a day, or with <c>rates</c> by date of a period.
/// Units of the currency for <c>amount</c> units of the base.
/// </summary>
static class FrankfurterFeed
{
    public const string DateFormat = "yyyy-MM-dd";

    public static FieldError? Read(JsonElement root, JsonElement rates, out FeedContent? feed)
    {
        feed = null;
        var amount = root.TryGetProperty("amount", out var given) ? given.GetRawText() : "1";
        if (JsonFeed.ReadText(root, "base", "JSON", out var baseCode) is { } wrongBase)
            return wrongBase;
        var days = new FeedDays("frankfurter", FeedNotation.Json);
        var wrong = root.TryGetProperty("start_date", out _) || root.TryGetProperty("end_date", out _)
            ? ReadPeriod(days, baseCode, amount, rates)
            : JsonFeed.ReadText(root, "date", "JSON", out var date) ?? ReadDay(days, date, baseCode, amount, rates);
        return wrong ?? days.Finish(out feed);
    }

    /// <summary>Rates by date.</summary>
    public static FieldError? ReadPeriod(FeedDays days, string baseCode, string amount, JsonElement rates)
    {
        foreach (var day in rates.EnumerateObject())
        {
            if (day.Value.ValueKind != JsonValueKind.Object)
                return FeedErrors.Malformed("/rates", $"{FeedErrors.Show(day.Name)} is not an object of rates");
            if (ReadDay(days, day.Name, baseCode, amount, day.Value) is { } wrong)
                return wrong;
        }

        return null;
    }

    static FieldError? ReadDay(FeedDays days, string text, string baseCode, string amount, JsonElement rates) =>
        FeedDays.ReadDate(text, "JSON", out var date, DateFormat)
        ?? days.Begin(date, baseCode, amount, out var day)
        ?? JsonFeed.AddRates(days, day!, rates);
}
