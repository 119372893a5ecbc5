using System.Text.Json;
using System.Text.Unicode;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// Tells the JSON feeds apart by the members of their first object. Numbers stay text: no figure passes through a double.
/// </summary>
static class JsonFeed
{
    static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true };

    public static FieldError? Read(ReadOnlyMemory<byte> content, out FeedContent? feed)
    {
        feed = null;
        if (!Utf8.IsValid(content.Span))
            return FeedErrors.Malformed("JSON", "not valid UTF-8");
        try
        {
            return Read(Values(content.Span), out feed);
        }
        catch (JsonException broken)
        {
            return FeedErrors.Malformed($"line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}", "not well-formed JSON");
        }
        catch (InvalidOperationException)
        {
            // The one thing that well-formed JSON in valid UTF-8 can still hide: an escaped half of a surrogate pair.
            return FeedErrors.Malformed("JSON", "a text with an unpaired surrogate");
        }
    }

    /// <summary>A member that must be a text.</summary>
    public static FieldError? ReadText(JsonElement parent, string name, string place, out string text)
    {
        text = "";
        if (!parent.TryGetProperty(name, out var member))
            return FeedErrors.Malformed(place, $"{name} is missing");
        if (member.ValueKind != JsonValueKind.String)
            return FeedErrors.Malformed(place, $"{name} is not a text");
        text = member.GetString()!;
        return null;
    }

    /// <summary>Adds the figures of an object of currencies.</summary>
    public static FieldError? AddRates(FeedDays days, FeedDays.Day day, JsonElement rates)
    {
        foreach (var rate in rates.EnumerateObject())
        {
            if (days.Add(day, rate.Name, rate.Value.GetRawText()) is { } wrong)
                return wrong;
        }

        return null;
    }

    /// <summary>The name of a member that an object has twice, if any.</summary>
    public static string? MemberThatIsThereTwice(JsonElement value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!names.Add(member.Name))
                return member.Name;
        }

        return null;
    }

    static FieldError? Read(List<JsonElement> values, out FeedContent? feed)
    {
        feed = null;
        var rows = values is [{ ValueKind: JsonValueKind.Array } array] ? [.. array.EnumerateArray()] : values;
        if (rows.Count == 0)
            return FeedErrors.Empty;
        if (rows[0] is not { ValueKind: JsonValueKind.Object } first)
            return FeedErrors.UnknownFormat;
        if (first.TryGetProperty("quote", out _) || first.TryGetProperty("rate", out _))
            return FrankfurterRowsFeed.Read(rows, out feed);
        if (!first.TryGetProperty("rates", out var rates) || values[0].ValueKind == JsonValueKind.Array)
            return FeedErrors.UnknownFormat;
        if (values.Count > 1)
            return FeedErrors.Malformed("JSON", "more follows the end of the feed");
        if (rates.ValueKind != JsonValueKind.Object)
            return FeedErrors.Malformed("/rates", "not an object");
        return MemberThatIsThereTwice(first) is { } name
            ? FeedErrors.Malformed("JSON", $"the member {FeedErrors.Show(name)} is there twice")
            : first.TryGetProperty("timestamp", out _) || first.TryGetProperty("disclaimer", out _)
                ? OpenExchangeRatesFeed.Read(first, rates, out feed)
                : FrankfurterFeed.Read(first, rates, out feed);
    }

    /// <summary>One value, or one a line.</summary>
    static List<JsonElement> Values(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content, Options);
        var values = new List<JsonElement>();
        while (reader.Read())
            values.Add(JsonElement.ParseValue(ref reader));
        return values;
    }
}
