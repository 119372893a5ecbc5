using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Money between a wallet or an internal account and the outside world.</summary>
/// <param name="Currency">If given, the account's.</param>
public abstract record CashCommand(long Wallet, DecimalAmount Amount, Currency? Currency) : MoneyCommand
{
    /// <inheritdoc/>
    public sealed override Scopes Scope => Scopes.Cash;

    /// <inheritdoc/>
    public sealed override void CollectNeeds(Needs needs) => needs.Accounts.Add(Wallet);

    /// <inheritdoc/>
    public sealed override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        writer.Add("wallet", Wallet).Add("amount", Amount).Add("currency", Currency, state?.FindAccount(Wallet)?.Currency);
        base.WriteFingerprint(writer, state);
    }

    /// <inheritdoc/>
    public sealed override Rejection? CheckFields(Ruling on, out MinorAmounts amounts) =>
        AmountFields.Read(Amount, Currency, on.State.FindAccount(Wallet), null, out amounts);

    /// <inheritdoc/>
    public sealed override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        var account = on.State.FindAccount(Wallet);
        if ((AccountChecks.CheckUsable(account, Wallet, walletsOnly: false)
            ?? AccountChecks.CheckCurrency(account!, Currency)
            ?? AccountChecks.CheckOpen(account!)
            ?? CheckNotFrozen(account!)) is { } rejection)
            return Decision.Reject(rejection);
        var group = new GroupDraft(on.State);
        var (from, to) = Sides(account!, group.SystemAccount(AccountKind.Cash, account!.Currency));
        if (Movements.Check(from, to, amounts.One) is { } refusal)
            return Decision.Reject(refusal);
        return group.Finish(new Draft(ToBody(from, to, amounts.One))
        {
            Entries = [Movements.Of(from, -amounts.One), Movements.Of(to, amounts.One)],
        });
    }

    // Whether this side of the account is frozen.
    private protected abstract Rejection? CheckNotFrozen(Account account);

    // Who gives, and who gets.
    private protected abstract (Account From, Account To) Sides(Account account, Account cash);

    private protected abstract MoneyMoved ToBody(Account from, Account to, long amount);
}
