using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.Journal;

/// <summary>
/// What an operation decided. Each kind of operation has its own, in its folder of <c>Kinds</c>; its canonical JSON is hashed.
/// </summary>
public abstract record OperationBody
{
    /// <summary>The kind of the operation.</summary>
    public abstract OperationKind Kind { get; }

    /// <summary>What it was for; null for kinds that do not say.</summary>
    public virtual Description? Description => null;

    /// <summary>A JSON object of the caller's own; null for kinds that have none.</summary>
    public virtual Metadata? Metadata => null;

    /// <summary>How money was converted; null where it was not.</summary>
    public virtual Exchange? Exchange => null;

    /// <summary>How the money of an entry was converted, also where there are several receivers; null where it was not.</summary>
    /// <param name="place">The entry's place in the operation, from 0.</param>
    /// <param name="first">The place of the first of the conversion's four entries: the payer's, two of the exchange, the
    /// receiver's.</param>
    public virtual Exchange? ExchangeOf(int place, out int first)
    {
        first = 0;
        return Exchange;
    }

    /// <summary>
    /// The account that an entry's account dealt with, which a statement names beside it; null where there is no such entry.
    /// </summary>
    /// <param name="account">The entry's own account.</param>
    /// <param name="place">The entry's place in the operation, from 0.</param>
    public virtual long? CounterpartyOf(long account, int place) => null;
}
