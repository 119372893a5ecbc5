using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Kinds;

/// <summary>An account's floor was set, in minor units; null is none.</summary>
public sealed record FloorSet(long Account, Currency Currency, long? Floor) : AccountBody(Account)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.FloorSet;
}
