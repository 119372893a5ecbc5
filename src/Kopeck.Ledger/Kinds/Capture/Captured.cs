using System.Collections.Immutable;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.Kinds;

/// <summary>Something of a hold was taken, and paid to one receiver or several.</summary>
public sealed record Captured(
    HoldChange Change, ImmutableArray<CapturedLeg> Legs, Description? Description, Metadata? Metadata) : HoldBody(Change)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Capture;

    /// <inheritdoc/>
    public override Description? Description { get; } = Description;

    /// <inheritdoc/>
    public override Metadata? Metadata { get; } = Metadata;

    /// <summary>What the hold's account paid, in its minor units: at most 1,000 legs of 10^15.</summary>
    public long TakenMinor => Legs.Sum(leg => leg.TakenMinor);

    /// <inheritdoc/>
    public override Exchange? Exchange => Legs is [var only] ? only.Exchange : null;

    /// <inheritdoc/>
    public override Exchange? ExchangeOf(int place, out int first) => LegAt(place, out first)?.Exchange;

    /// <inheritdoc/>
    public override long? CounterpartyOf(long account, int place) =>
        LegAt(place, out _) is not { } leg ? null : account == Change.Account ? leg.To : Change.Account;

    CapturedLeg? LegAt(int place, out int first)
    {
        first = 0;
        foreach (var leg in Legs)
        {
            var entries = leg.Exchange is null ? 2 : 4;
            if (place < first + entries)
                return leg;
            first += entries;
        }

        return null;
    }
}
