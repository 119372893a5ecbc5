using System.Collections.Immutable;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Execution;

/// <summary>A group that is in the store, with what its first answer said.</summary>
sealed record StoredGroup(Outcome Outcome);

/// <summary>Answers of earlier requests, derived from the journal.</summary>
static class Replays
{
    /// <summary>Whether a group was made by the same request.</summary>
    public static bool Matches(Command command, BookState state, IReadOnlyList<Operation> group)
    {
        var first = group[0];
        if (!command.IsPersonal)
            return Fingerprint.Of(command, state, null) == first.Fingerprint;
        if (first.Body is not CustomerValues)
            return false;
        // With the salt gone only what is not personal tells the request from another one: the redacted answer gives nothing away.
        if (first.Personal is null)
            return command.MayHaveMade(group);
        return Fingerprint.Of(command, state, first.Personal.Salt) == first.Fingerprint;
    }

    /// <summary>Loads groups, and what their answers showed, as of their last operations.</summary>
    public static async Task<Dictionary<long, StoredGroup>> LoadAsync(
        ILedgerStore store, BookName book, IReadOnlyCollection<long> numbers, CancellationToken cancellationToken)
    {
        var groups = new Dictionary<long, StoredGroup>(numbers.Count);
        foreach (var group
            in (await store.GetGroupsAsync(book, numbers, cancellationToken).ConfigureAwait(false)).GroupBy(operation => operation.Group))
            groups.Add(group.Key, await LoadAsync(store, book, [.. group], cancellationToken).ConfigureAwait(false));
        return groups;
    }

    static async ValueTask<StoredGroup> LoadAsync(
        ILedgerStore store, BookName book, IReadOnlyList<Operation> group, CancellationToken cancellationToken)
    {
        var number = group[^1].Number;
        var accounts = ImmutableArray.CreateBuilder<Account>();
        var customers = ImmutableArray.CreateBuilder<Customer>();
        var holds = ImmutableArray.CreateBuilder<Hold>();
        foreach (var operation in group)
        {
            var touched = KindList.Of(operation.Kind).Touches(operation);
            foreach (var id in touched.Accounts)
            {
                if ((await store.GetAccountAsync(book, id, number, cancellationToken).ConfigureAwait(false)).Value
                    is { IsSystem: false } account)
                    accounts.Add(account);
            }

            foreach (var id in touched.Customers)
            {
                // What sets all values says how the customer was; nothing of one changes after it was erased.
                if (operation.Body is CustomerValues values)
                    customers.Add(values.ToCustomer(operation) with { IsErased = operation.Personal is null });
                else if ((await store.GetCustomerAsync(book, id, cancellationToken).ConfigureAwait(false)).Value is { } customer)
                    customers.Add(customer);
            }

            foreach (var change in touched.Holds)
            {
                if ((await store.GetHoldAsync(book, change.Hold, number, cancellationToken).ConfigureAwait(false)).Value is { } hold)
                    holds.Add(hold);
            }
        }

        return new StoredGroup(
            new Outcome
            {
                Group = group,
                Accounts = accounts.ToImmutable(),
                Customers = customers.ToImmutable(),
                Holds = holds.ToImmutable(),
                AsOf = number
            });
    }
}
