using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Reference;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Rules;

/// <summary>Registering, changing and erasing customers.</summary>
static class CustomerRules
{
    public static Rejection? CheckCountry(CountryCode country) =>
        Countries.TryFind(country.Value, out _)
            ? null
            : Rejection.InvalidFields(new FieldProblem("/country", "unknown_country", $"{country} is not an ISO 3166-1 alpha-2 code in use"));

    public static Decision Decide(BookState state, RegisterCustomer register, ISaltSource salts)
    {
        if (register.Details.Code is { } code && state.FindCustomerByCode(code) is not null)
            return CodeTaken(code);
        var id = state.Head.Number + 1;
        var personal = new PersonalValues(id, salts.Next(), register.Details);
        var registered = new Draft(new CustomerRegistered(register.Country, PersonalDigests.Compute(personal.Salt, personal.Details))) { Personal = personal };
        return register.WalletCurrency is { } currency
            ? Decision.Of(registered, new Draft(new AccountOpened(AccountKind.Wallet, id, currency, null, 0)))
            : Decision.Of(registered);
    }

    public static Decision Decide(BookState state, ChangeCustomer change, ISaltSource salts)
    {
        if (state.FindCustomer(change.Customer) is not { Details: { } before } customer)
            return NotFound(change.Customer);
        var texts = Enumerable.Range(0, CustomerDetails.Columns.Count).Select(column => before[column]).ToArray();
        foreach (var (column, text) in change.Changes)
            texts[column] = text;
        if (!CustomerDetails.TryCreate(texts, out var details, out var errors))
            return Decision.Reject(Rejection.InvalidFields([.. errors.Select(error => new FieldProblem("/" + error.Item1.JsonName, error.Item2))]));
        var country = change.Country ?? customer.Country;
        if (details == before && country == customer.Country)
            return Decision.Unchanged;
        if (details.Code is { } code && state.FindCustomerByCode(code) is { } owner && owner != customer.Id)
            return CodeTaken(code);
        var personal = new PersonalValues(customer.Id, salts.Next(), details);
        return Decision.Of(new Draft(new CustomerChanged(customer.Id, country, PersonalDigests.Compute(personal.Salt, details))) { Personal = personal });
    }

    public static Decision Decide(BookState state, EraseCustomer erase)
    {
        if (state.FindCustomer(erase.Customer) is not { } customer)
            return NotFound(erase.Customer);
        return customer.IsErased ? Decision.Unchanged : Decision.Of(new Draft(new CustomerErased(customer.Id)));
    }

    public static Decision NotFound(long customer) =>
        Decision.Reject(ErrorCode.NotFound, $"There is no customer {customer} in this book, or its personal data were erased");

    static Decision CodeTaken(CustomerCode code) => Decision.Reject(ErrorCode.AlreadyExists, $"The code {code} belongs to another customer of this book: choose another one");
}
