using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;

namespace Kopeck.Ledger.Kinds;

/// <summary>Money goes out from a wallet or an internal account.</summary>
/// <param name="Currency">If given, the account's.</param>
public sealed record Withdraw(long Wallet, DecimalAmount Amount, Currency? Currency) : CashCommand(Wallet, Amount, Currency)
{
    /// <inheritdoc/>
    public override string Name => "withdrawal";

    private protected override Rejection? CheckNotFrozen(Account account) => AccountChecks.CheckDebitable(account);

    private protected override (Account From, Account To) Sides(Account account, Account cash) => (account, cash);

    private protected override MoneyMoved ToBody(Account from, Account to, long amount) =>
        new Withdrawn(from.Id, to.Id, amount, from.Currency, Description, Metadata);
}
