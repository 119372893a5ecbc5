using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Engine.Storage;

/// <summary>From operations to the rows that they make: one way for commit, rebuild and verification.</summary>
public static class BatchRowsBuilder
{
    /// <summary>The rows of operations that were applied to a state.</summary>
    /// <param name="expected">The row before them; null when the first opens the book.</param>
    /// <param name="applied">At least one, in order.</param>
    public static BatchRows Build(BookRow? expected, IReadOnlyList<Applied> applied)
    {
        var rows = new BatchRows { Expected = expected, Next = NextRow(expected, applied) };
        var accounts = new Dictionary<long, Account>();
        var opened = new HashSet<long>();
        var customers = new Dictionary<long, CustomerRow>();
        var registered = new HashSet<long>();
        foreach (var (operation, account, customer) in applied)
        {
            rows.Operations.Add(operation);
            AddEntries(rows, operation);
            if (account is not null)
            {
                accounts[account.Id] = account;
                rows.AccountChanges.Add(new AccountChangeRow(account.Id, operation.Number, account.Status, account.Floor));
                if (operation.Body is AccountOpened)
                    opened.Add(account.Id);
            }

            if (customer is not null)
            {
                customers[customer.Id] = new CustomerRow(customer.Id, customer.Country, operation.Number, customer.IsErased);
                rows.CustomerChanges.Add(new CustomerChangeRow(customer.Id, operation.Number));
                if (operation.Body is CustomerRegistered)
                    registered.Add(customer.Id);
                if (operation.Body is CustomerErased)
                    rows.ErasedCustomers.Add(customer.Id);
            }

            if (operation.Personal is { } personal)
                rows.Personal.Add(new PersonalRow(operation.Number, personal));
            if (operation.Body is QuotesLoaded loaded)
                rows.Quotes.AddRange(loaded.Quotes.Select(quote => new Quote(quote.Currency, loaded.Date, operation.Number, quote.Rate, loaded.Source)));
            if (operation.KeyDigest is { } key && operation.Number == operation.Group)
                rows.Keys.Add(new KeyRow(key, operation.Number));
        }

        foreach (var account in accounts.Values)
            (opened.Contains(account.Id) ? rows.OpenedAccounts : rows.ChangedAccounts).Add(account);
        foreach (var customer in customers.Values)
            (registered.Contains(customer.Customer) ? rows.RegisteredCustomers : rows.ChangedCustomers).Add(customer);
        rows.Personal.RemoveAll(row => rows.ErasedCustomers.Contains(row.Values.Customer));
        return rows;
    }

    static void AddEntries(BatchRows rows, Operation operation)
    {
        for (var place = 0; place < operation.Entries.Length; place++)
        {
            var entry = operation.Entries[place];
            rows.Entries.Add(new EntryRow(entry.Account, operation.Number, place, entry.Amount, entry.Balance));
        }
    }

    static BookRow NextRow(BookRow? expected, IReadOnlyList<Applied> applied)
    {
        var last = applied[^1].Operation;
        Digest? quotesHash = null;
        foreach (var (operation, _, _) in applied)
            quotesHash = operation.Body is QuotesLoaded ? operation.Hash : quotesHash;
        if (expected is not null)
            return expected with { Head = last.Head, QuotesHash = quotesHash ?? expected.QuotesHash };
        var opening = applied[0].Operation.Body as BookOpened ?? throw new ArgumentException("A book's first operation opens it", nameof(applied));
        return new BookRow(last.Book, opening.BaseCurrency.Code, opening.QuoteMaxAgeDays, last.Head, 0, applied[0].Operation.Hash, quotesHash);
    }
}
