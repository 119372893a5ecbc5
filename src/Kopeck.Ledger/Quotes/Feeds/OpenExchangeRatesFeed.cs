using System.Globalization;
using System.Text.Json;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// openexchangerates.org's latest.json and historical files: <c>{"timestamp", "base", "rates": {"EUR": 0.9}}</c>. Units of the currency
/// for one unit of the base; the day is the UTC date of the timestamp, in seconds.
/// </summary>
static class OpenExchangeRatesFeed
{
    static readonly long MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static FieldError? Read(JsonElement root, JsonElement rates, out FeedContent? feed)
    {
        feed = null;
        if (!root.TryGetProperty("timestamp", out var member))
            return FeedErrors.Malformed("JSON", "timestamp is missing");
        var timestamp = member.GetRawText();
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > MaxSeconds)
            return FeedErrors.BadDate("/timestamp", timestamp);
        var date = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime);
        var days = new FeedDays("openexchangerates", '.', FeedDirection.CurrencyPerBase);
        return JsonFeed.ReadText(root, "base", "JSON", out var baseCode)
            ?? days.Begin(date, baseCode, "1", out var day)
            ?? JsonFeed.AddRates(days, day!, rates)
            ?? days.Finish(out feed);
    }
}
