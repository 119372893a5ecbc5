using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Reference;

namespace Kopeck.Engine.Storage;

/// <summary>
/// From operations to the rows that they make: one way for commit, rebuild and verification. What each kind touched it says itself.
/// </summary>
public static class BatchRowsBuilder
{
    /// <summary>The rows of operations that were applied to a state.</summary>
    /// <param name="expected">The row before them; null when the first opens the book.</param>
    /// <param name="applied">At least one, in order.</param>
    /// <param name="secret">The secret of a book that the first opens.</param>
    public static BatchRows Build(BookRow? expected, IReadOnlyList<Applied> applied, BookSecret secret = default)
    {
        var rows = new BatchRows { Expected = expected, Next = NextRow(expected, applied, secret) };
        var accounts = new Dictionary<long, Account>();
        var customers = new Dictionary<long, CustomerRow>();
        var holds = new HoldRowsBuilder(rows);
        var first = applied[0].Operation.Number;
        foreach (var one in applied)
        {
            var operation = one.Operation;
            rows.Operations.Add(operation);
            AddEntries(rows, operation);
            foreach (var account in one.Accounts)
            {
                accounts[account.Id] = account;
                rows.AccountChanges.Add(new AccountChangeRow(account.Id, operation.Number, account.Status, account.Floor));
            }

            foreach (var customer in one.Customers)
            {
                customers[customer.Id] = new CustomerRow(customer.Id, customer.Country, operation.Number, customer.IsErased);
                rows.CustomerChanges.Add(new CustomerChangeRow(customer.Id, operation.Number));
            }

            rows.ErasedCustomers.AddRange(one.Touched.Erased);
            if (operation.Personal is { } personal)
                rows.Personal.Add(new PersonalRow(operation.Number, personal));
            rows.Quotes.AddRange(one.Touched.Quotes);
            holds.Add(operation.Number, one.Touched);
            if (operation.KeyDigest is { } key && operation.Number == operation.Group)
                rows.Keys.Add(new KeyRow(key, operation.Number));
            if (operation.Batch is { Contents: not null } mark && operation.Number == operation.Group)
                rows.Keys.Add(new KeyRow(mark.Key, operation.Number));
        }

        // What an operation made has its number as its id.
        foreach (var account in accounts.Values)
            (account.Id >= first ? rows.OpenedAccounts : rows.ChangedAccounts).Add(account);
        foreach (var customer in customers.Values)
            (customer.Customer >= first ? rows.RegisteredCustomers : rows.ChangedCustomers).Add(customer);
        holds.Finish();
        if (rows.ErasedCustomers.Count > 0)
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

    static BookRow NextRow(BookRow? expected, IReadOnlyList<Applied> applied, BookSecret secret)
    {
        var last = applied[^1].Operation;
        Digest? quotesHash = null;
        var (terms, termsNumber) = (expected?.Terms, expected?.TermsNumber ?? 1);
        foreach (var one in applied)
        {
            quotesHash = one.Touched.Quotes.IsEmpty ? quotesHash : one.Operation.Hash;
            if (one.Touched.Terms is { } changed)
                (terms, termsNumber) = (changed, one.Operation.Number);
        }

        if (expected is not null)
            return expected with
            {
                Head = last.Head,
                Terms = terms!,
                TermsNumber = termsNumber,
                QuotesHash = quotesHash ?? expected.QuotesHash
            };
        var opening =
            applied[0].Operation.Body as BookOpened ?? throw new ArgumentException("A book's first operation opens it", nameof(applied));
        return new BookRow(
            last.Book, opening.BaseCurrency.Code, terms ?? opening.Terms, termsNumber, last.Head, 0, applied[0].Operation.Hash, quotesHash,
            secret,
            TextFold.Version);
    }
}
