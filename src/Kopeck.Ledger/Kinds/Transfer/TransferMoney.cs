using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Money moves between two wallets.</summary>
/// <param name="Currency">The sender's or the receiver's: the side that is exact. The sender's if left out.</param>
public sealed record TransferMoney(long From, long To, DecimalAmount Amount, Currency? Currency) : MoneyCommand
{
    /// <inheritdoc/>
    public override string Name => "transfer";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Transfer;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        needs.Accounts.Add(From);
        needs.Accounts.Add(To);
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        writer.Add("from", From).Add("to", To).Add("amount", Amount).Add("currency", Currency, state?.FindAccount(From)?.Currency);
        base.WriteFingerprint(writer, state);
    }

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts) =>
        AmountFields.Read(Amount, Currency, on.State.FindAccount(From), on.State.FindAccount(To), out amounts);

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts) => TransferRules.Decide(on, this, amounts.One);
}
