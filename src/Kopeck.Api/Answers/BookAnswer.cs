using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Answers;

/// <summary>A book: as it is, or in a dry run its terms only; with its administrator's secret when it was just opened.</summary>
/// <param name="Head">Its last operation; null in a dry run.</param>
/// <param name="Secret">Of its administrator's key, shown this once; null otherwise.</param>
[JsonConverter(typeof(AnswerConverter))]
public sealed record BookAnswer(
    string Name, string BaseCurrency, int QuoteMaxAgeDays, string TimeZone, Head? Head = null, string? Secret = null) : Answer
{
    /// <summary>The instant of an operation that was ahead of all clocks, at which time was let stand still; null where none was.</summary>
    public Instant? ClockStandsAt { get; init; }

    /// <summary>A book as it is stored.</summary>
    public static BookAnswer Of(BookRow row, string? secret = null) =>
        new(row.Book.Value, row.BaseCurrency, row.Terms.QuoteMaxAgeDays, row.Terms.TimeZone.Value, row.Head, secret)
        {
            ClockStandsAt = row.Terms.ClockStandsAt,
        };

    /// <summary>
    /// The answer of a change: the book as the change left it, however long ago that was; as it is where nothing changed.
    /// </summary>
    /// <param name="row">Read after it.</param>
    internal static BookAnswer Of(Outcome outcome, BookRow row) =>
        outcome.Group is [.., { Body: BookChanged { Terms: var terms } } operation]
        ? new(
            row.Book.Value,
            row.BaseCurrency,
            terms.QuoteMaxAgeDays,
            terms.TimeZone.Value,
            outcome is { IsDryRun: true, IsReplay: false } ? null : operation.Head)
        { ClockStandsAt = terms.ClockStandsAt }
        : Of(row);

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteString("baseCurrency", BaseCurrency);
        json.WriteNumber("quoteMaxAgeDays", QuoteMaxAgeDays);
        json.WriteString("timeZone", TimeZone);
        if (ClockStandsAt is { } stand)
            json.WriteInstant("clockStandsAt", stand);
        if (Head is { } head)
        {
            json.WriteStartObject("head");
            json.WriteId("number", head.Number);
            json.WriteString("hash", head.Hash.ToString());
            json.WriteInstant("at", head.At);
            json.WriteEndObject();
        }

        if (Secret is { } secret)
            json.WriteString("key", secret);
        json.WriteEndObject();
    }
}
