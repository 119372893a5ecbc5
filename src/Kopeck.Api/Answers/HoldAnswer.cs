using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Ledger;
using Kopeck.Ledger.Holds;

namespace Kopeck.Api.Answers;

/// <summary>An amount of an account that is reserved until it is captured, released or expires, as an operation left it.</summary>
[JsonConverter(typeof(AnswerConverter))]
public sealed record HoldAnswer : Answer
{
    /// <summary>The number of the operation that placed it; null in a dry run that would place it.</summary>
    public long? Id { get; private init; }

    /// <summary>The account whose money is reserved.</summary>
    public long Account { get; private init; }

    /// <summary>The one account that captures may pay; null where that is not fixed, or is the outside world.</summary>
    public long? To { get; private init; }

    /// <summary>Whether captures pay the outside world.</summary>
    public bool ToCash { get; private init; }

    /// <summary>Whether the receiver is told: an operation of the journal tells it where the hold was placed.</summary>
    public bool TellsReceiver { get; private init; }

    /// <summary>How it stands.</summary>
    public HoldStatus Status { get; private init; }

    /// <summary>What was reserved, with what it was increased by.</summary>
    public Money Authorised { get; private init; }

    /// <summary>How far captures may go above it; null where they may not.</summary>
    public Money? MaxAmount { get; private init; }

    /// <summary>What captures took.</summary>
    public Money Captured { get; private init; }

    /// <summary>What was released.</summary>
    public Money Released { get; private init; }

    /// <summary>What remained when its time came.</summary>
    public Money Expired { get; private init; }

    /// <summary>What is still reserved.</summary>
    public Money Remaining { get; private init; }

    /// <summary>From this instant on nothing of it can be captured; null is never.</summary>
    public Instant? ExpiresAt { get; private init; }

    /// <summary>Its captures, oldest first; null where they are not told: in lists, and in operations of the journal.</summary>
    public IReadOnlyList<HeldCapture>? Captures { get; private init; }

    /// <summary>A hold.</summary>
    public static HoldAnswer Of(Hold hold) => Of(hold, null);

    /// <summary>A hold of a list.</summary>
    public static HoldAnswer WithoutCaptures(Hold hold) => Of(hold, null) with { Captures = null };

    /// <summary>A hold as a command left it.</summary>
    /// <param name="firstNew">In a dry run the number from which on ids are not real; null otherwise.</param>
    internal static HoldAnswer Of(Hold hold, long? firstNew) => Of(hold.Id, hold.Account, hold.State, hold.Currency, firstNew) with
    {
        To = hold.To >= firstNew ? null : hold.To,
        ToCash = hold.ToCash,
        TellsReceiver = true,
        Captures = [.. hold.Captures.Select(capture => new HeldCapture(
            capture.Operation >= firstNew ? null : capture.Operation, Money.Of(capture.Amount, hold.Currency)))],
    };

    /// <summary>What an operation says of the hold that it changed.</summary>
    internal static HoldAnswer Of(HoldChange change, long? firstNew) =>
        Of(change.Hold, change.Account, change.After, change.Currency, firstNew);

    static HoldAnswer Of(long id, long account, HoldState state, Ledger.Money.Currency currency, long? firstNew) => new()
    {
        Id = id >= firstNew ? null : id,
        Account = account,
        Status = state.Status,
        Authorised = Money.Of(state.Authorised, currency),
        MaxAmount = state.MaxAmount is { } most ? Money.Of(most, currency) : null,
        Captured = Money.Of(state.Captured, currency),
        Released = Money.Of(state.Released, currency),
        Expired = Money.Of(state.Expired, currency),
        Remaining = Money.Of(state.Remaining, currency),
        ExpiresAt = state.ExpiresAt,
    };

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Id is { } id)
            json.WriteId("id", id);
        json.WriteId("account", Account);
        if (TellsReceiver)
            WriteReceiver(json);
        json.WriteString("currency", Authorised.Currency.Code);
        json.WriteString("status", Status.Name());
        json.WriteMoney("authorised", Authorised);
        json.WriteMoney("maxAmount", MaxAmount);
        json.WriteMoney("captured", Captured);
        json.WriteMoney("released", Released);
        json.WriteMoney("expired", Expired);
        json.WriteMoney("remaining", Remaining);
        json.WriteInstant("expiresAt", ExpiresAt);
        if (Captures is { } captures)
            WriteCaptures(json, captures);
        json.WriteEndObject();
    }

    void WriteReceiver(Utf8JsonWriter json)
    {
        if (ToCash)
            json.WriteString("to", "cash");
        else
            json.WriteId("to", To);
    }

    static void WriteCaptures(Utf8JsonWriter json, IReadOnlyList<HeldCapture> captures)
    {
        json.WriteStartArray("captures");
        foreach (var capture in captures)
        {
            json.WriteStartObject();
            json.WriteId("operation", capture.Operation);
            json.WriteMoney("amount", capture.Amount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
