using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.Kinds;

/// <summary>Money moved between wallets.</summary>
/// <param name="Exchange">How it was converted.</param>
public sealed record Transferred(
    long From, long To, long AmountMinor, Currency Currency, Description? Description, Metadata? Metadata, Exchange? Exchange = null)
    : MoneyMoved(From, To, AmountMinor, Currency, Description, Metadata)
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.Transfer;

    /// <inheritdoc/>
    public override Exchange? Exchange { get; } = Exchange;
}
