using System.Globalization;
using System.Text.Json;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// openexchangerates.org's latest.json, historical files and time series: <c>{"timestamp", "base", "rates": {"EUR": 0.9}}</c>, or with
/// <c>rates</c> by date between a <c>start_date</c> and an <c>end_date</c>. Units of the currency for one unit of the base. A <c>date</c>,
/// which publishers of like files add, is the day; otherwise it is the UTC date of the timestamp, in seconds. A historical file's timestamp
/// is the close of its day, which comes some seconds after midnight: the first minute of a day counts to the day before.
/// </summary>
static class OpenExchangeRatesFeed
{
    const int CloseSeconds = 60;

    static readonly long MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static FieldError? Read(JsonElement root, JsonElement rates, out FeedContent? feed)
    {
        feed = null;
        var days = new FeedDays(SourceOf(root), FeedNotation.Json);
        if (JsonFeed.ReadText(root, "base", "JSON", out var baseCode) is { } wrongBase)
            return wrongBase;
        if (root.TryGetProperty("start_date", out _) || root.TryGetProperty("end_date", out _))
            return FrankfurterFeed.ReadPeriod(days, baseCode, "1", rates) ?? days.Finish(out feed);
        return ReadDate(root, out var date)
            ?? days.Begin(date, baseCode, "1", out var day)
            ?? JsonFeed.AddRates(days, day!, rates)
            ?? days.Finish(out feed);
    }

    /// <summary>Files with a timestamp and a date of its own are those of fixer.io and its likes.</summary>
    static string SourceOf(JsonElement root) =>
        root.TryGetProperty("date", out _)
            && !root.TryGetProperty("disclaimer", out _)
            && !root.TryGetProperty("license", out _) ? "fixer" : "openexchangerates";

    static FieldError? ReadDate(JsonElement root, out DateOnly date)
    {
        date = default;
        if (root.TryGetProperty("date", out _))
            return JsonFeed.ReadText(root, "date", "JSON", out var text)
                ?? FeedDays.ReadDate(text, "/date", out date, FrankfurterFeed.DateFormat);
        if (!root.TryGetProperty("timestamp", out var member))
            return FeedErrors.Malformed("JSON", "date or timestamp is missing");
        var timestamp = member.GetRawText();
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > MaxSeconds)
            return FeedErrors.BadDate("/timestamp", timestamp);
        date = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(Math.Max(0, seconds - CloseSeconds)).UtcDateTime);
        return null;
    }
}
