using System.Collections.Immutable;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;

namespace Kopeck.Engine.Reading;

/// <summary>
/// Reads an account's entries from their rows, in order. An operation is parsed once, however many of its entries are the account's.
/// </summary>
public sealed class AccountEntryParser(long account)
{
    const int EntriesOfConversion = 4;

    long number;
    OperationBody? body;
    ImmutableArray<Entry> all;

    /// <summary>Whether the operation's stored parts are wanted: they are for the first of its entries.</summary>
    public bool IsNew(long of) => body is null || number != of;

    /// <summary>Begins an operation.</summary>
    public void Begin(long of, OperationKind kind, ReadOnlyMemory<byte> bytes, ReadOnlySpan<byte> entries)
    {
        number = of;
        body = BodyCodec.Read(kind, bytes);
        all = body.Exchange is not null || body is Captured or Reversed ? EntriesBlob.Parse(entries) : [];
    }

    /// <summary>An entry of the operation that was begun last.</summary>
    public AccountEntry Entry(int place, Instant at, long amount, long balance)
    {
        if (body?.CounterpartyOf(account, place) is not { } counterparty)
            throw new FormatException($"Operation {number} moves money, but is a {body?.Kind.Name()}");
        var exchange = body.ExchangeOf(place, out var first);
        var reversed = (body as Reversed)?.LegAt(place, out _);
        return new AccountEntry(
            number, place, at, body.Kind, counterparty, body.Description, amount, balance,
            exchange, exchange is null || reversed is { Taken: 0 } or { Given: 0 } ? [] : all.Slice(first, EntriesOfConversion))
        {
            PlaceInConversion = place - first,
            Hold = (body as Captured)?.Change.Hold,
            Reverses = (body as Reversed)?.Original,
            ReversedLeg = reversed?.Leg,
            OtherSide = OtherSide(reversed),
        };
    }

    (long, Currency)? OtherSide(ReversedLeg? leg)
    {
        if (leg is null || leg.FromCurrency == leg.ToCurrency)
            return null;
        if (account == leg.From)
            return (leg.Given, leg.ToCurrency);
        return account == leg.To ? (leg.Taken, leg.FromCurrency) : null;
    }
}
