using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Rules;

/// <summary>Deposits and withdrawals: between an account and the outside world.</summary>
static class CashRules
{
    public static Decision Decide(BookState state, Deposit deposit)
    {
        var account = state.FindAccount(deposit.Wallet);
        if ((AccountChecks.CheckUsable(account, deposit.Wallet, walletsOnly: false)
            ?? CheckCurrency(account!, deposit.Currency)
            ?? AccountChecks.CheckOpen(account!)
            ?? AccountChecks.CheckCreditable(account!)) is { } rejection)
            return Decision.Reject(rejection);
        return Move(state, deposit, deposit.Amount, account!, isDeposit: true);
    }

    public static Decision Decide(BookState state, Withdraw withdraw)
    {
        var account = state.FindAccount(withdraw.Wallet);
        if ((AccountChecks.CheckUsable(account, withdraw.Wallet, walletsOnly: false)
            ?? CheckCurrency(account!, withdraw.Currency)
            ?? AccountChecks.CheckOpen(account!)
            ?? AccountChecks.CheckDebitable(account!)) is { } rejection)
            return Decision.Reject(rejection);
        return Move(state, withdraw, withdraw.Amount, account!, isDeposit: false);
    }

    static Decision Move(BookState state, MoneyCommand command, DecimalAmount named, Account account, bool isDeposit)
    {
        if (!named.TryToMinor(account.Currency, out var amount, out var error))
            return Decision.Reject(Rejection.InvalidFields(new FieldProblem("/amount", error)));
        var group = new GroupDraft(state);
        var cash = group.SystemAccount(AccountKind.Cash, account.Currency);
        var (from, to) = isDeposit ? (cash, account) : (account, cash);
        if ((AccountChecks.CheckFunds(from, -amount) ?? AccountChecks.CheckRange(from, -amount) ?? AccountChecks.CheckRange(to, amount)) is { } rejection)
            return Decision.Reject(rejection);
        var kind = isDeposit ? OperationKind.Deposit : OperationKind.Withdrawal;
        return group.Finish(new Draft(new MoneyMoved(kind, from.Id, to.Id, amount, account.Currency, command.Description, command.Metadata))
        {
            Entries = [GroupDraft.Move(from, -amount), GroupDraft.Move(to, amount)],
        });
    }

    static Rejection? CheckCurrency(Account account, Currency? named) =>
        named is { } currency && currency.Code != account.Currency.Code
            ? new Rejection(ErrorCode.CurrencyMismatch, $"Account {account.Id} holds {account.Currency.Code}, not {currency.Code}")
            : null;
}
