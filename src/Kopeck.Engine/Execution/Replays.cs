using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Execution;

/// <summary>A group that is in the store, with what its first answer said.</summary>
sealed record StoredGroup(Outcome Outcome);

/// <summary>Answers of earlier requests, derived from the journal.</summary>
static class Replays
{
    /// <summary>Whether a group was made by the same request.</summary>
    public static bool Matches(Command command, IReadOnlyList<Operation> group)
    {
        var first = group[0];
        if (!command.IsPersonal)
            return FingerprintWriter.Fingerprint(command, null) == first.Fingerprint;
        if (first.Body is not (CustomerRegistered or CustomerChanged))
            return false;
        // With the salt gone the request can no longer be told from another one of its kind: the redacted answer gives nothing away.
        if (first.Personal is null)
            return command is RegisterCustomer ? first.Body is CustomerRegistered : command is ChangeCustomer change && first.Body is CustomerChanged body && body.Customer == change.Customer;
        return FingerprintWriter.Fingerprint(command, first.Personal.Salt) == first.Fingerprint;
    }

    /// <summary>Loads groups, and what their answers showed, as of their last operations.</summary>
    public static async Task<Dictionary<long, StoredGroup>> LoadAsync(ILedgerStore store, BookName book, IReadOnlyCollection<long> numbers, CancellationToken cancellationToken)
    {
        var groups = new Dictionary<long, StoredGroup>(numbers.Count);
        foreach (var group in (await store.GetGroupsAsync(book, numbers, cancellationToken)).GroupBy(operation => operation.Group))
            groups.Add(group.Key, await LoadAsync(store, book, [.. group], cancellationToken));
        return groups;
    }

    static async ValueTask<StoredGroup> LoadAsync(ILedgerStore store, BookName book, IReadOnlyList<Operation> group, CancellationToken cancellationToken)
    {
        var number = group[^1].Number;
        var last = group[^1];
        var account = last.Body is AccountOpened opened
            ? Open(last.Number, opened)
            : Applied.AccountOf(last) is { } id ? (await store.GetAccountAsync(book, id, number, cancellationToken)).Value : null;
        return new StoredGroup(new Outcome { Group = group, Account = account, Customer = await FindCustomerAsync(store, book, group, cancellationToken), AsOf = number });
    }

    static Account Open(long number, AccountOpened opened) => new()
    {
        Id = number,
        Kind = opened.AccountKind,
        Customer = opened.Customer,
        Currency = opened.Currency,
        Code = opened.Code,
        Floor = opened.Floor,
    };

    static async ValueTask<Customer?> FindCustomerAsync(ILedgerStore store, BookName book, IReadOnlyList<Operation> group, CancellationToken cancellationToken)
    {
        var operation = group[0];
        return operation.Body switch
        {
            CustomerRegistered body => From(operation, operation.Number, body.Country),
            CustomerChanged body => From(operation, body.Customer, body.Country),
            // Nothing of a customer changes after it was erased.
            CustomerErased body => (await store.GetCustomerAsync(book, body.Customer, cancellationToken)).Value,
            _ => null,
        };
    }

    static Customer From(Operation operation, long id, CountryCode country) => new()
    {
        Id = id,
        Country = country,
        Details = operation.Personal?.Details,
        IsErased = operation.Personal is null,
        Changed = operation.Number,
    };
}
