using System.Collections.Immutable;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Engine.Reading;

/// <summary>
/// An entry of one account with what its operation says of it, and no more: a posting has up to a thousand legs, and a page may have as
/// many postings as entries.
/// </summary>
/// <param name="Other">The account at the other end; of a posting, of the entry's leg.</param>
/// <param name="Amount">In minor units; negative is a debit.</param>
/// <param name="Balance">The account's balance after it, in minor units.</param>
/// <param name="Exchange">How the entry's money was converted, as the operation itself says; null where it was not.</param>
/// <param name="ConversionEntries">The four entries of the conversion that it belongs to; empty where it belongs to none.</param>
public sealed record AccountEntry(
    long Number, int Place, Instant At, OperationKind Kind, long Other, Description? Description, long Amount, long Balance,
    Exchange? Exchange, ImmutableArray<Entry> ConversionEntries)
{
    /// <summary>Its key.</summary>
    public EntryKey Key => new(Number, Place);

    /// <summary>Its place among the entries of its conversion, from 0.</summary>
    public int PlaceInConversion { get; init; }

    /// <summary>Of a capture: the hold that it took something of.</summary>
    public long? Hold { get; init; }

    /// <summary>Of a reversal: the operation that it takes back.</summary>
    public long? Reverses { get; init; }

    /// <summary>Of a reversal: the leg of that operation, from 0, of which it takes something back.</summary>
    public int? ReversedLeg { get; init; }

    /// <summary>
    /// Of a reversal between two currencies: what moved at the other end, in minor units of its currency. Its rate is its original's where
    /// the operation itself says none.
    /// </summary>
    public (long Amount, Currency Currency)? OtherSide { get; init; }
}
