using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Reference;
using Kopeck.Ledger.Reversals;

namespace Kopeck.Stores.Tests.Expected;

/// <summary>What a store must answer, worked out from the operations alone, the slow and plain way.</summary>
sealed class ExpectedBook
{
    readonly HashSet<long> erased;

    public ExpectedBook(IReadOnlyList<BatchRows> batches)
    {
        var all = batches.SelectMany(batch => batch.Operations).ToList();
        erased = [.. all.Select(operation => operation.Body).OfType<CustomerErased>().Select(body => body.Customer)];
        Operations =
        [
            .. all.Select(
                operation =>
                    operation.Personal is { } personal
                        && erased.Contains(personal.Customer) ? operation with { Personal = null } : operation)
        ];
        Row = batches[^1].Next;
    }

    public BookRow Row { get; }

    public IReadOnlyList<Operation> Operations { get; }

    public long Head => Operations.Count;

    public IEnumerable<Account> AccountsAt(long number)
    {
        var accounts = new SortedDictionary<long, Account>();
        foreach (var operation in Operations.Take((int)Math.Min(number, Head)))
        {
            if (operation.Body is AccountOpened opened)
                accounts.Add(
                    operation.Number,
                    new Account
                    {
                        Id = operation.Number,
                        Kind = opened.AccountKind,
                        Customer = opened.Customer,
                        Currency = opened.Currency,
                        Code = opened.Code,
                        Floor = opened.Floor
                    });
            (long Id, Func<Account, Account> Change)? change = operation.Body switch
            {
                AccountFrozen body => (body.Account, account => account with { Status = body.Status }),
                AccountUnfrozen body => (body.Account, account => account with { Status = AccountStatus.Open }),
                AccountClosed body => (body.Account, account => account with { Status = AccountStatus.Closed }),
                FloorSet body => (body.Account, account => account with { Floor = body.Floor }),
                _ => null,
            };
            if (change is { } changed)
                accounts[changed.Id] = changed.Change(accounts[changed.Id]);
            foreach (var entry in operation.Entries)
                accounts[entry.Account] = accounts[entry.Account] with { Posted = entry.Balance };
            if (operation.Body is HoldBody { Change: var held })
                accounts[held.Account] = accounts[held.Account] with { Held = held.Held };
        }

        return accounts.Values;
    }

    public IEnumerable<Account> Accounts(AccountFilter filter) => AccountsAt(Head).Where(account =>
        (filter.Kind is null || account.Kind == filter.Kind) && (filter.Currency is null || account.Currency.Code == filter.Currency)
        && (filter.Code is null || account.Code == filter.Code) && (filter.Customer is null || account.Customer == filter.Customer));

    /// <summary>The holds that there were at a number, as it left them.</summary>
    public IEnumerable<Hold> HoldsAt(long number)
    {
        var holds = new SortedDictionary<long, Hold>();
        foreach (var operation in Operations.Take((int)Math.Min(number, Head)))
        {
            if (operation.Body is not HoldBody { Change: var change } body)
                continue;
            if (body is HoldPlaced placed)
            {
                holds.Add(operation.Number, new Hold
                {
                    Id = operation.Number,
                    Account = change.Account,
                    To = placed.To,
                    ToCash = placed.ToCash,
                    Currency = change.Currency,
                    Asked = placed.Asked,
                    State = change.After,
                    Changed = operation.Number,
                });
            }

            var hold = holds[change.Hold];
            holds[change.Hold] = hold with
            {
                State = change.After,
                Changed = operation.Number,
                Captures =
                    body is Captured captured
                        ? hold.Captures.Add(new HoldCapture(operation.Number, captured.Legs.Sum(leg => leg.TakenMinor)))
                        : hold.Captures,
            };
        }

        return holds.Values;
    }

    public IEnumerable<Hold> Holds(HoldFilter filter)
    {
        var wallets = AccountsAt(Head).Where(account => account.Customer == filter.Customer).Select(account => account.Id).ToHashSet();
        return HoldsAt(Head).Where(hold =>
            (filter.Account is null || hold.Account == filter.Account) && (filter.Customer is null || wallets.Contains(hold.Account))
            && (filter.Status is null || hold.State.Status == filter.Status)
            && (filter.To is null || hold.To == filter.To) && (!filter.ToCash || hold.ToCash)
            && (filter.ExpiresBefore is not { } end || hold.State.ExpiresAt < end));
    }

    /// <summary>What reversals took of an operation's legs until a number: each of them, and in all.</summary>
    public IReadOnlyList<ReversalRow> ReversalsOf(long original, long number) =>
    [
        .. Operations.Take((int)Math.Min(number, Head)).Where(operation => operation.Body is Reversed body && body.Original == original)
            .SelectMany(
                operation =>
                    ((Reversed)operation.Body).Legs.Select(
                        leg => new ReversalRow(original, operation.Number, leg.Leg, leg.Part, leg.Back))),
    ];

    public IEnumerable<Customer> Customers(CustomerFilter filter)
    {
        var customers = new SortedDictionary<long, Customer>();
        foreach (var operation in Operations)
        {
            if (operation.Body is CustomerRegistered registered)
                customers.Add(
                    operation.Number,
                    new Customer
                    {
                        Id = operation.Number,
                        Country = registered.Country,
                        Details = operation.Personal?.Details,
                        IsErased = operation.Personal is null,
                        Changed = operation.Number
                    });
            if (operation.Body is CustomerChanged changed)
                customers[changed.Customer] = customers[changed.Customer] with
                {
                    Country = changed.Country,
                    Details = operation.Personal?.Details,
                    Changed = operation.Number
                };
            if (operation.Body is CustomerErased body)
                customers[body.Customer] = customers[body.Customer] with { Details = null, IsErased = true, Changed = operation.Number };
        }

        return customers.Values.Where(customer =>
            (
                filter.NamePrefix is null
                    || (
                        customer.Details is { } named
                            && TextFold.Fold(named.Name.Value).StartsWith(TextFold.Fold(filter.NamePrefix), StringComparison.Ordinal)))
            && (filter.Code is null || customer.Details?.Code == filter.Code)
                && (filter.Country is null || customer.Country == filter.Country));
    }

    public IEnumerable<Operation> List(OperationFilter filter)
    {
        var wallets = AccountsAt(Head).Where(account => account.Customer == filter.Customer).Select(account => account.Id).ToHashSet();
        return Operations.Where(operation =>
            (filter.Kind is null || operation.Kind == filter.Kind) && (filter.Key is null || operation.Key == filter.Key)
            && (filter.Since is not { } since || operation.At >= since) && (filter.Until is not { } until || operation.At < until)
            && (filter.Account is not { } account || AccountsOf(operation).Contains(account))
            && (
                filter.Customer is not { } customer
                    || AccountsOf(operation).Any(wallets.Contains)
                    || (filter.Account is null && KindList.Of(operation.Kind).Touches(operation).Customers.Contains(customer))));
    }

    public IEnumerable<Quote> Quotes() => Operations.Where(operation => operation.Body is QuotesLoaded).SelectMany(operation =>
        ((QuotesLoaded)operation.Body).Quotes.Select(
            quote =>
                new Quote(
                    quote.Currency, ((QuotesLoaded)operation.Body).Date, operation.Number, quote.Pair,
                    ((QuotesLoaded)operation.Body).Source)));

    public IEnumerable<Quote> NewestQuotes(DateOnly day) => Quotes().Where(quote => quote.Date <= day)
        .GroupBy(quote => quote.Currency, StringComparer.Ordinal).OrderBy(quotes => quotes.Key, StringComparer.Ordinal)
        .Select(quotes => quotes.OrderBy(quote => quote.Date).ThenBy(quote => quote.Revision).Last());

    /// <summary>For each currency all dates from the one in force on a day on, the newest revision of each.</summary>
    public IEnumerable<Quote> QuotesFrom(DateOnly day) => Quotes()
        .GroupBy(quote => quote.Currency, StringComparer.Ordinal).OrderBy(quotes => quotes.Key, StringComparer.Ordinal)
        .SelectMany(quotes => quotes.GroupBy(quote => quote.Date).OrderBy(ofDay => ofDay.Key)
            .Select(ofDay => ofDay.MaxBy(quote => quote.Revision)!)
            .Where(quote => quote.Date >= day || !quotes.Any(other => other.Date > quote.Date && other.Date <= day)));

    public long NumberAt(Instant at) => Operations.LastOrDefault(operation => operation.At <= at)?.Number ?? 0;

    public IReadOnlyList<Operation> Group(long last) => [.. Operations.Where(operation => operation.Group == last)];

    static HashSet<long> AccountsOf(Operation operation) =>
    [
        .. operation.Entries.Select(entry => entry.Account),
        .. KindList.Of(operation.Kind).Touches(operation).Accounts,
        .. operation.Body is HoldBody body ? [body.Change.Account] : Array.Empty<long>(),
    ];
}
