using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Kinds;

/// <summary>Money came in from outside.</summary>
public sealed record Deposited(long From, long To, long AmountMinor, Currency Currency, Description? Description, Metadata? Metadata)
    : MoneyMoved(From, To, AmountMinor, Currency, Description, Metadata)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Deposit;
}
