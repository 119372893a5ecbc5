using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Verification;

/// <summary>Decides again whether an operation without entries was possible: what it names was there, and what must be one of its kind was not.</summary>
static class ObjectChecks
{
    /// <summary>Why it was not; null when it was.</summary>
    public static string? Check(BookState before, PersonalChecks personal, Operation operation) => operation.Body switch
    {
        BookOpened => operation.Number == 1 ? null : "only the first operation opens the book",
        CustomerChanged body => CheckCustomer(before, personal, body.Customer),
        CustomerErased body => before.FindCustomer(body.Customer) is null ? $"there is no customer {body.Customer}" : null,
        AccountOpened body => CheckOpened(before, personal, operation, body),
        AccountFrozen body => CheckAccount(before, body.Account),
        AccountUnfrozen body => CheckAccount(before, body.Account),
        AccountClosed body => CheckAccount(before, body.Account),
        FloorSet body => CheckAccount(before, body.Account) ?? CheckFloor(before.FindAccount(body.Account)!, body),
        QuotesLoaded body => CheckQuotes(before, operation, body),
        _ => null,
    };

    static string? CheckCustomer(BookState before, PersonalChecks personal, long id)
    {
        if (before.FindCustomer(id) is null)
            return $"there is no customer {id}";
        return personal.IsErased(id) ? $"customer {id} was erased" : null;
    }

    static string? CheckAccount(BookState before, long id) => before.FindAccount(id) switch
    {
        null => $"there is no account {id}",
        { IsSystem: true } => $"account {id} is the ledger's own",
        _ => null,
    };

    static string? CheckFloor(Account account, FloorSet body)
    {
        if (account.Currency != body.Currency)
            return $"account {account.Id} holds {account.Currency}";
        return body.Floor > account.Posted - account.Held ? "the floor is above the balance" : null;
    }

    static string? CheckOpened(BookState before, PersonalChecks personal, Operation operation, AccountOpened body)
    {
        if (body.Code is { } code && before.FindAccountByCode(code) is not null)
            return "the code names another account";
        return body.AccountKind switch
        {
            AccountKind.Wallet when body.Customer is { } customer => CheckCustomer(before, personal, customer),
            AccountKind.Internal when body is { Customer: null, Code: not null } => null,
            AccountKind.Cash or AccountKind.Exchange when body is { Customer: null, Code: null, Floor: null } =>
                before.FindSystemAccount(body.AccountKind, body.Currency) is null && operation.Number < operation.Group ? null : "a system account is opened once, by the operation that needs it",
            _ => "an account of this kind is not opened like this",
        };
    }

    static string? CheckQuotes(BookState before, Operation operation, QuotesLoaded body)
    {
        if (body.Date.DayNumber > operation.At.Date.DayNumber + LoadQuotes.MaxDaysAhead)
            return "the date is too far ahead";
        return body.Quotes.Any(quote => quote.Currency == before.BaseCurrency.Code) ? "the base currency's own quote cannot be loaded" : null;
    }
}
