using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;

namespace Kopeck.Ledger.Kinds;

/// <summary>Money comes in from outside to a wallet or an internal account.</summary>
/// <param name="Currency">If given, the account's.</param>
public sealed record Deposit(long Wallet, DecimalAmount Amount, Currency? Currency) : CashCommand(Wallet, Amount, Currency)
{
    /// <inheritdoc/>
    public override string Name => "deposit";

    private protected override Rejection? CheckNotFrozen(Account account) => AccountChecks.CheckCreditable(account);

    private protected override (Account From, Account To) Sides(Account account, Account cash) => (cash, account);

    private protected override MoneyMoved ToBody(Account from, Account to, long amount) =>
        new Deposited(from.Id, to.Id, amount, from.Currency, Description, Metadata);
}
