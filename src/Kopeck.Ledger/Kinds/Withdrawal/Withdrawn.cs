using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Kinds;

/// <summary>Money went out.</summary>
public sealed record Withdrawn(long From, long To, long AmountMinor, Currency Currency, Description? Description, Metadata? Metadata)
    : MoneyMoved(From, To, AmountMinor, Currency, Description, Metadata)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Withdrawal;
}
