using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Kinds;

/// <summary>Money came in, went out, or moved between wallets: one named amount from one account to another.</summary>
/// <param name="From">The account that was debited: <c>cash</c> for a deposit.</param>
/// <param name="To">The account that was credited: <c>cash</c> for a withdrawal.</param>
/// <param name="AmountMinor">The named amount in minor units.</param>
/// <param name="Currency">The currency of the named amount.</param>
public abstract record MoneyMoved(
    long From, long To, long AmountMinor, Currency Currency, Description? Description, Metadata? Metadata) : OperationBody
{
    /// <inheritdoc/>
    public override Description? Description { get; } = Description;

    /// <inheritdoc/>
    public override Metadata? Metadata { get; } = Metadata;

    /// <inheritdoc/>
    public override long? CounterpartyOf(long account, int place) => From == account ? To : From;
}
