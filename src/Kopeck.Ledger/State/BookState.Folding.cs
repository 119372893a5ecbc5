using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.State;

/// <content>What the kinds fold with: each kind has its own. The laws are asserted here, on every operation, whoever wrote it.</content>
public sealed partial class BookState
{
    /// <summary>
    /// Takes the next operation as the head; what it changed its kind adds. Throws <see cref="LedgerLawException"/> when it does not
    /// follow.
    /// </summary>
    internal void Advance(Operation operation)
    {
        Require(operation.Number == Head.Number + 1, operation, "numbers are gapless");
        Require(operation.At >= Head.At, operation, "time never runs backwards");
        var before = Head;
        undo.Add(() => Head = before);
        Head = operation.Head;
        if (operation.KeyDigest is { } key)
            undo.Set(keys, key, operation.Group);
        if (operation.Batch is { Contents: not null } first)
            undo.Set(keys, first.Key, operation.Group);
    }

    /// <summary>Moves the balances of the accounts that are known.</summary>
    internal void Move(Operation operation)
    {
        Require(operation.Entries.Length >= 2, operation, "money moves between accounts");
        RequireZeroSums(operation);
        foreach (var entry in operation.Entries)
        {
            // An account that nobody asked for yet stays unknown: it is looked up at a later head.
            if (!accounts.TryGetValue(entry.Account, out var account))
                continue;
            RequireNothingDue(operation, account.Id);
            Require(account.Currency == entry.Currency, operation, "an entry is in its account's currency");
            Require(account.Posted + entry.Amount == entry.Balance, operation, "an entry's balance is the one before it plus its amount");
            undo.Set(accounts, account.Id, account with { Posted = entry.Balance });
        }

        // Only who paid can be below a floor because of it; judged on the whole operation.
        foreach (var entry in operation.Entries)
        {
            if (entry.Amount < 0
                && accounts.TryGetValue(entry.Account, out var account)
                && account.Available is { } available
                && available < 0)
                Require(NetOf(operation, entry.Account) >= 0, operation, "no account goes below its floor");
        }
    }

    static Int128 NetOf(Operation operation, long account)
    {
        Int128 net = 0;
        foreach (var entry in operation.Entries)
            net += entry.Account == account ? entry.Amount : 0;
        return net;
    }

    static void RequireZeroSums(Operation operation)
    {
        if (operation.Entries is [var debit, var credit])
        {
            Require(
                debit.Currency == credit.Currency && (Int128)debit.Amount + credit.Amount == 0, operation,
                "the entries of each currency sum to zero");
            return;
        }

        var sums = new Dictionary<Currency, Int128>();
        foreach (var entry in operation.Entries)
            sums[entry.Currency] = sums.GetValueOrDefault(entry.Currency) + entry.Amount;
        Require(sums.Values.All(sum => sum == 0), operation, "the entries of each currency sum to zero");
    }

    /// <summary>Adds an account that was opened.</summary>
    internal void Open(Account account)
    {
        undo.Set(accounts, account.Id, account);
        if (account.IsSystem)
            undo.Set(systemAccounts, (account.Kind, account.Currency), account.Id);
        if (account.Code is { } code)
            undo.Set(accountCodes, code, account.Id);
    }

    /// <summary>Changes an account, where it is known.</summary>
    internal void Change(Operation operation, long id, Func<Account, Account> change)
    {
        if (!accounts.TryGetValue(id, out var account))
            return;
        RequireNothingDue(operation, id);
        var changed = change(account);
        Require(account.Status != AccountStatus.Closed, operation, "a closed account stays closed");
        Require(
            changed.Status != AccountStatus.Closed || (account.Posted == 0 && account.Held == 0), operation, "a closed account is at zero");
        undo.Set(accounts, id, changed);
    }

    /// <summary>Sets a customer's values.</summary>
    internal void Set(Customer customer)
    {
        var before = FindCustomer(customer.Id);
        undo.Set(customers, customer.Id, customer);
        if (before?.Details?.Code is { } old)
            undo.Set(customerCodes, old, null);
        if (customer.Details?.Code is { } code)
            undo.Set(customerCodes, code, customer.Id);
    }

    /// <summary>Sets the book's terms.</summary>
    internal void Set(BookTerms terms, long number)
    {
        var before = (Terms, TermsNumber);
        undo.Add(() => Take(before.Terms, before.TermsNumber));
        Take(terms, number);
    }

    void Take(BookTerms terms, long number)
    {
        (Terms, TermsNumber) = (terms, number);
        Quotes.MaxAgeDays = terms.QuoteMaxAgeDays;
    }

    /// <summary>Adds a quote that was loaded.</summary>
    internal void Add(Quote quote)
    {
        var superseded = Quotes.Add(quote);
        undo.Add(() => Quotes.TakeBack(quote, superseded));
        quotesMark = undo.Count;
    }

    static void Require(bool holds, Operation operation, string law)
    {
        if (!holds)
            throw new LedgerLawException($"Operation {operation.Number} of book {operation.Book} breaks a law: {law}");
    }
}
