using System.Collections.Immutable;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Reversals;

namespace Kopeck.Ledger.Kinds;

/// <summary>An operation was taken back, or a part of it.</summary>
/// <param name="Original">Its number.</param>
/// <param name="Legs">In the order of the original's; the last one moves first.</param>
/// <param name="IsWhole">Whether nothing of the original remains after it.</param>
/// <param name="Difference">Who bore what the rate moved since.</param>
/// <param name="IsPartial">Whether it took no more than was available.</param>
/// <param name="Reason">Why.</param>
public sealed record Reversed(
    long Original, ImmutableArray<ReversedLeg> Legs, bool IsWhole, Difference Difference, bool IsPartial, Description? Reason,
    Description? Description, Metadata? Metadata)
    : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Reversal;

    /// <inheritdoc/>
    public override Description? Description { get; } = Description;

    /// <inheritdoc/>
    public override Metadata? Metadata { get; } = Metadata;

    /// <inheritdoc/>
    public override Exchange? Exchange => Legs is [var only] ? only.Exchange : null;

    /// <inheritdoc/>
    public override Exchange? ExchangeOf(int place, out int first) => LegAt(place, out first)?.Exchange;

    /// <inheritdoc/>
    public override long? CounterpartyOf(long account, int place) =>
        LegAt(place, out _) is not { } leg ? null : account == leg.From ? leg.To : leg.From;

    /// <summary>The leg that an entry belongs to; null where there is no such entry.</summary>
    /// <param name="place">The entry's place in the operation, from 0.</param>
    /// <param name="first">The place of the leg's first entry.</param>
    public ReversedLeg? LegAt(int place, out int first)
    {
        first = 0;
        for (var index = Legs.Length - 1; index >= 0; index--)
        {
            var leg = Legs[index];
            var entries = leg.FromCurrency == leg.ToCurrency ? 2 : (leg.Taken > 0 ? 2 : 0) + (leg.Given > 0 ? 2 : 0);
            if (place < first + entries)
                return leg;
            first += entries;
        }

        return null;
    }
}
