using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.State;

/// <content>The fold: what each kind of operation changes. The laws are asserted here, on every operation, whoever wrote it.</content>
public sealed partial class BookState
{
    /// <summary>Advances the state by the next operation. Throws <see cref="LedgerLawException"/> when it breaks a law.</summary>
    public void Apply(Operation operation)
    {
        Require(operation.Number == Head.Number + 1, operation, "numbers are gapless");
        Require(operation.At >= Head.At, operation, "time never runs backwards");
        var before = Head;
        undo.Add(() => Head = before);
        Head = operation.Head;
        if (operation.KeyDigest is { } key)
            undo.Set(keys, key, operation.Group);
        switch (operation.Body)
        {
            case MoneyMoved or Posted:
                ApplyEntries(operation);
                break;
            case CustomerRegistered registered:
                SetCustomer(null, new Customer { Id = operation.Number, Country = registered.Country, Details = operation.Personal?.Details, IsErased = operation.Personal is null, Changed = operation.Number });
                break;
            case CustomerChanged changed:
                SetCustomer(FindCustomer(changed.Customer), new Customer { Id = changed.Customer, Country = changed.Country, Details = operation.Personal?.Details, IsErased = operation.Personal is null, Changed = operation.Number });
                break;
            case CustomerErased erased when FindCustomer(erased.Customer) is { } customer:
                SetCustomer(customer, customer with { Details = null, IsErased = true, Changed = operation.Number });
                break;
            case AccountOpened opened:
                Open(operation, opened);
                break;
            case AccountFrozen frozen:
                Change(operation, frozen.Account, account => account with { Status = frozen.Status });
                break;
            case AccountUnfrozen unfrozen:
                Change(operation, unfrozen.Account, account => account with { Status = AccountStatus.Open });
                break;
            case AccountClosed closed:
                Change(operation, closed.Account, account => account with { Status = AccountStatus.Closed });
                break;
            case FloorSet floor:
                Change(operation, floor.Account, account => account with { Floor = floor.Floor });
                break;
            case QuotesLoaded loaded:
                ApplyQuotes(operation, loaded);
                break;
        }
    }

    static void Require(bool holds, Operation operation, string law)
    {
        if (!holds)
            throw new LedgerLawException($"Operation {operation.Number} of book {operation.Book} breaks a law: {law}");
    }

    void ApplyEntries(Operation operation)
    {
        Require(operation.Entries.Length >= 2, operation, "money moves between accounts");
        RequireZeroSums(operation);
        foreach (var entry in operation.Entries)
        {
            // An account that nobody asked for yet stays unknown: it is looked up at a later head.
            if (!accounts.TryGetValue(entry.Account, out var account))
                continue;
            Require(account.Currency == entry.Currency, operation, "an entry is in its account's currency");
            Require(account.Posted + entry.Amount == entry.Balance, operation, "an entry's balance is the one before it plus its amount");
            undo.Set(accounts, account.Id, account with { Posted = entry.Balance });
        }

        // Only who paid can be below a floor because of it; judged on the whole operation.
        foreach (var entry in operation.Entries)
        {
            if (entry.Amount < 0 && accounts.TryGetValue(entry.Account, out var account) && account.Available is { } available && available < 0)
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
            Require(debit.Currency == credit.Currency && (Int128)debit.Amount + credit.Amount == 0, operation, "the entries of each currency sum to zero");
            return;
        }

        var sums = new Dictionary<string, Int128>(StringComparer.Ordinal);
        foreach (var entry in operation.Entries)
            sums[entry.Currency.Code] = sums.GetValueOrDefault(entry.Currency.Code) + entry.Amount;
        Require(sums.Values.All(sum => sum == 0), operation, "the entries of each currency sum to zero");
    }

    void Open(Operation operation, AccountOpened opened)
    {
        var account = new Account
        {
            Id = operation.Number,
            Kind = opened.AccountKind,
            Customer = opened.Customer,
            Currency = opened.Currency,
            Code = opened.Code,
            Floor = opened.Floor,
        };
        undo.Set(accounts, account.Id, account);
        if (account.IsSystem)
            undo.Set(systemAccounts, (account.Kind, account.Currency.Code), account.Id);
        if (opened.Code is { } code)
            undo.Set(accountCodes, code, account.Id);
    }

    void Change(Operation operation, long id, Func<Account, Account> change)
    {
        if (!accounts.TryGetValue(id, out var account))
            return;
        var changed = change(account);
        Require(account.Status != AccountStatus.Closed, operation, "a closed account stays closed");
        Require(changed.Status != AccountStatus.Closed || (account.Posted == 0 && account.Held == 0), operation, "a closed account is at zero");
        undo.Set(accounts, id, changed);
    }

    void SetCustomer(Customer? before, Customer after)
    {
        undo.Set(customers, after.Id, after);
        if (before?.Details?.Code is { } old)
            undo.Set(customerCodes, old, null);
        if (after.Details?.Code is { } code)
            undo.Set(customerCodes, code, after.Id);
    }

    void ApplyQuotes(Operation operation, QuotesLoaded loaded)
    {
        foreach (var quote in loaded.Quotes)
        {
            var saved = Quotes.Save(quote.Currency);
            undo.Add(() => Quotes.Restore(quote.Currency, saved));
            Quotes.Add(new Quote(quote.Currency, loaded.Date, operation.Number, quote.Rate, loaded.Source));
        }
    }
}
