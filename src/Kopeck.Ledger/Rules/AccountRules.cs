using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Rules;

/// <summary>Opening, freezing and closing accounts, and their floors.</summary>
static class AccountRules
{
    public static Decision Decide(BookState state, OpenWallet open)
    {
        if (state.FindCustomer(open.Customer) is not { IsErased: false })
            return CustomerRules.NotFound(open.Customer);
        if (open.Code is { } code && state.FindAccountByCode(code) is not null)
            return CodeTaken(code.Value);
        return Decision.Of(new Draft(new AccountOpened(AccountKind.Wallet, open.Customer, open.Currency, open.Code, 0)));
    }

    public static Decision Decide(BookState state, OpenInternalAccount open)
    {
        if (state.FindAccountByCode(open.Code) is not null)
            return CodeTaken(open.Code.Value);
        if (open.FloorMinor > 0)
            return Decision.Reject(ErrorCode.InsufficientFunds, "A new account is at zero: set a floor above it once it has funds");
        return Decision.Of(new Draft(new AccountOpened(AccountKind.Internal, null, open.Currency, open.Code, open.FloorMinor)));
    }

    public static Decision Decide(BookState state, FreezeAccount freeze)
    {
        if ((Check(state, freeze.Account, out var account) ?? AccountChecks.CheckOpen(account!)) is { } rejection)
            return Decision.Reject(rejection);
        return account!.Status == freeze.Status ? Decision.Unchanged : Decision.Of(new Draft(new AccountFrozen(account.Id, freeze.Status)));
    }

    public static Decision Decide(BookState state, UnfreezeAccount unfreeze)
    {
        if ((Check(state, unfreeze.Account, out var account) ?? AccountChecks.CheckOpen(account!)) is { } rejection)
            return Decision.Reject(rejection);
        return account!.Status == AccountStatus.Open ? Decision.Unchanged : Decision.Of(new Draft(new AccountUnfrozen(account.Id)));
    }

    public static Decision Decide(BookState state, CloseAccount close)
    {
        if (Check(state, close.Account, out var account) is { } rejection)
            return Decision.Reject(rejection);
        if (account!.Status == AccountStatus.Closed)
            return Decision.Unchanged;
        if (account.Posted != 0 || account.Held != 0)
            return Decision.Reject(ErrorCode.AccountNotEmpty, $"Account {account.Id} has {MoneyText.Format(account.Posted, account.Currency.MinorUnits)} {account.Currency.Code}: empty it first");
        return Decision.Of(new Draft(new AccountClosed(account.Id)));
    }

    public static Decision Decide(BookState state, SetFloor command)
    {
        if ((Check(state, command.Account, out var account) ?? AccountChecks.CheckOpen(account!)) is { } rejection)
            return Decision.Reject(rejection);
        long? floor = null;
        if (command.Floor is { } named)
        {
            if (!named.TryToMinor(account!.Currency, out var minor, out var error))
                return Decision.Reject(Rejection.InvalidFields(new FieldProblem("/floor", error)));
            floor = minor;
        }

        if (floor == account!.Floor)
            return Decision.Unchanged;
        if (floor > account.Posted - account.Held)
            return Decision.Reject(ErrorCode.InsufficientFunds, $"Account {account.Id} has {MoneyText.Format(account.Posted - account.Held, account.Currency.MinorUnits)} {account.Currency.Code}, less than the floor");
        return Decision.Of(new Draft(new FloorSet(account.Id, account.Currency, floor)));
    }

    static Rejection? Check(BookState state, long id, out Account? account)
    {
        account = state.FindAccount(id);
        if (account is null)
            return new Rejection(ErrorCode.NotFound, $"There is no account {id} in this book");
        return account.IsSystem ? new Rejection(ErrorCode.SystemAccount, $"Account {id} is the ledger's own") : null;
    }

    static Decision CodeTaken(string code) => Decision.Reject(ErrorCode.AlreadyExists, $"The code {code} names another account of this book: choose another one");
}
