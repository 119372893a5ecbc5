using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Rules;

/// <summary>What several rules ask of accounts, in the order in which they ask it.</summary>
static class AccountChecks
{
    /// <summary>An account that money commands may name.</summary>
    public static Rejection? CheckUsable(Account? account, long id, bool walletsOnly)
    {
        if (account is null)
            return new Rejection(ErrorCode.AccountNotFound, $"There is no account {id} in this book");
        if (account.IsSystem)
            return new Rejection(ErrorCode.SystemAccount, $"Account {id} is the ledger's own {account.Kind.Name()} account: name a wallet");
        if (walletsOnly && account.Kind != AccountKind.Wallet)
            return new Rejection(ErrorCode.AccountNotFound, $"Account {id} is not a wallet: move its money with a posting");
        return null;
    }

    /// <summary>Not the account that is paid from as well.</summary>
    public static Rejection? CheckDifferent(long from, long to) =>
        from == to ? new Rejection(ErrorCode.SameAccount, $"Both accounts are {from}: name two") : null;

    /// <summary>The account in its own currency, where one is named: another minor unit of the same code is the account's own.</summary>
    public static Rejection? CheckCurrency(Account account, Currency? named) =>
        named is { } currency && currency.Code != account.Currency.Code
            ? new Rejection(ErrorCode.CurrencyMismatch, $"Account {account.Id} holds {account.Currency.Code}, not {currency.Code}")
            : null;

    /// <summary>Two accounts of one code hold it with one minor unit: ISO 4217 may have changed it between their openings.</summary>
    public static Rejection? CheckSameMinorUnit(Account from, Account to) =>
        from.Currency.Code == to.Currency.Code && from.Currency != to.Currency
            ? new Rejection(
                ErrorCode.CurrencyMismatch,
                $"Account {from.Id} holds {from.Currency.Code} with {from.Currency.MinorUnits} decimals, account {to.Id} with {to.Currency.MinorUnits}: "
                + "ISO 4217 changed the minor unit; withdraw from the one and deposit to the other")
            : null;

    public static Rejection? CheckOpen(Account account) =>
        account.Status == AccountStatus.Closed ? new Rejection(ErrorCode.AccountClosed, $"Account {account.Id} is closed") : null;

    public static Rejection? CheckDebitable(Account account) =>
        account.Status is AccountStatus.Frozen or AccountStatus.DebitsFrozen
            ? new Rejection(ErrorCode.AccountFrozen, $"Debits of account {account.Id} are frozen")
            : null;

    public static Rejection? CheckCreditable(Account account) =>
        account.Status == AccountStatus.Frozen ? new Rejection(ErrorCode.AccountFrozen, $"Account {account.Id} is frozen") : null;

    /// <summary>Whether an account can be moved by an amount: above its floor first, then within 64 bits.</summary>
    public static Rejection? CheckFunds(Account account, Int128 change) =>
        change < 0 && account.Available is { } available && available + change < 0
            ? new Rejection(
                ErrorCode.InsufficientFunds,
                $"Account {account.Id} has {Text(account, Int128.Max(available, 0))} {account.Currency.Code} available, {Text(account, -change)} are needed")
            : null;

    public static Rejection? CheckRange(Account account, Int128 change) =>
        account.Posted + change is var balance && (balance < long.MinValue || balance > long.MaxValue)
            ? new Rejection(ErrorCode.Overflow, $"The balance of account {account.Id} would leave the range of 64-bit minor units")
            : null;

    static string Text(Account account, Int128 minor) => MoneyText.Format(minor, account.Currency.MinorUnits);
}
