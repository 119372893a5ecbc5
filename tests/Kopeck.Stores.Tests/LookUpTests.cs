using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Stores.Tests;

/// <summary>What the executor asks a store before it decides.</summary>
public abstract class LookUpTests(StoreEngine engine) : FilledStoreTests(engine)
{
    [Fact]
    public async Task Everything_that_is_asked_for_is_found_and_nothing_else()
    {
        var needs = new Needs();
        needs.Accounts.UnionWith(Numbers());
        needs.Customers.UnionWith(Numbers());
        needs.Keys.UnionWith(Keys().Select(KeyDigest.Of));
        needs.Keys.UnionWith(Enumerable.Range(0, 500).Select(index => KeyDigest.Of(IdempotencyKey.Parse($"none-{index}"))));
        needs.CustomerCodes.UnionWith(
            Enumerable.Range(-10, 60).Select(index => CustomerCode.Parse($"c{index}"))
                .Concat([CustomerCode.Parse("c-1b"), CustomerCode.Parse("c-3"), CustomerCode.Parse("C-3")]));
        needs.AccountCodes.UnionWith(
            Enumerable.Range(-10, 60).Select(index => AccountCode.Parse($"a{index}"))
                .Concat([AccountCode.Parse("fees"), AccountCode.Parse("savings"), AccountCode.Parse("extras"), AccountCode.Parse("FEES")]));
        var found = await Store.LookUpAsync(Main, needs, Token);

        Assert.Equal(Expected.Row, found.Row);
        var accounts = Expected.AccountsAt(Expected.Head).ToList();
        Assert.Equal(accounts, found.Facts.Accounts.OrderBy(account => account.Id));
        var customers = Expected.Customers(new()).ToList();
        Assert.Equal(customers, found.Facts.Customers.OrderBy(customer => customer.Id));
        Assert.Equal(
            CodesOf(customers).Where(pair => needs.CustomerCodes.Contains(pair.Key)).OrderBy(pair => pair.Value),
            found.Facts.CustomerCodes.OrderBy(pair => pair.Value));
        Assert.Equal(
            accounts.Where(account => account.Code is not null).Select(account => KeyValuePair.Create(account.Code!.Value, account.Id)),
            found.Facts.AccountCodes.OrderBy(pair => pair.Value));
        var keys = Expected.Operations.Where(operation => operation.Key is not null).GroupBy(operation => operation.Group)
            .Select(group => KeyValuePair.Create(KeyDigest.Of(group.First().Key!.Value), group.Key));
        Assert.Equal(keys.OrderBy(pair => pair.Value), found.Facts.Keys.OrderBy(pair => pair.Value));
    }

    [Fact]
    public async Task One_thing_at_a_time_is_found_too()
    {
        foreach (var id in Numbers().Where(number => number % 5 == 0))
        {
            var needs = new Needs();
            needs.Accounts.Add(id);
            Assert.Equal(
                Expected.AccountsAt(Expected.Head).Where(account => account.Id == id),
                (await Store.LookUpAsync(Main, needs, Token)).Facts.Accounts);
        }

        foreach (var customer in Expected.Customers(new()).Where(customer => customer.Details?.Code is not null))
        {
            var needs = new Needs();
            needs.CustomerCodes.Add(customer.Details!.Code!.Value);
            var found = await Store.LookUpAsync(Main, needs, Token);
            Assert.Equal([KeyValuePair.Create(customer.Details.Code.Value, customer.Id)], found.Facts.CustomerCodes);
            Assert.Empty(found.Facts.Accounts);
            Assert.Empty(found.Facts.Customers);
            Assert.Empty(found.Facts.AccountCodes);
            Assert.Empty(found.Facts.Keys);
        }
    }

    [Fact]
    public async Task Asking_for_nothing_answers_the_row_and_an_unknown_book_answers_none()
    {
        Assert.Equal(Expected.Row, (await Store.LookUpAsync(Main, new Needs(), Token)).Row);
        var needs = new Needs();
        needs.Accounts.Add(1);
        needs.Customers.Add(3);
        needs.Keys.Add(KeyDigest.Of(Keys().First()));
        needs.AccountCodes.Add(AccountCode.Parse("fees"));
        needs.CustomerCodes.Add(CustomerCode.Parse("c-1b"));
        var found = await Store.LookUpAsync(BookName.Parse("nobody"), needs, Token);
        Assert.Null(found.Row);
        Assert.Equal(
            0,
            found.Facts.Accounts.Count + found.Facts.Customers.Count + found.Facts.AccountCodes.Count + found.Facts.CustomerCodes.Count
                + found.Facts.Keys.Count);
        Assert.Null(await Store.FindBookAsync(BookName.Parse("nobody"), Token));
        Assert.Null(await Store.LoadBookAsync(BookName.Parse("nobody"), Token));
    }

    [Fact]
    public async Task Ten_thousand_keys_and_accounts_are_looked_up_at_once()
    {
        var needs = new Needs();
        needs.Accounts.UnionWith(Enumerable.Range(1, 10_000).Select(id => (long)id));
        needs.Keys.UnionWith(Enumerable.Range(1, 10_000).Select(index => KeyDigest.Of(IdempotencyKey.Parse($"author-1/{index}"))));
        var found = await Store.LookUpAsync(Main, needs, Token);
        Assert.Equal(Expected.AccountsAt(Expected.Head), found.Facts.Accounts.OrderBy(account => account.Id));
        Assert.Equal(Keys().Distinct().Count(), found.Facts.Keys.Count);
    }

    [Fact]
    public async Task A_loaded_book_has_its_system_accounts_and_the_quotes_that_are_or_will_be_in_force()
    {
        var author = new BookAuthor("quotes");
        author.Open();
        var today = author.At.Date;
        foreach (var day in new[] { -9, -3, -2, -2, 0, 0, 4, 5, 5 })
            author.Write(
                new LoadQuotes(
                    today.AddDays(day),
                    [
                        new LoadedQuote("USD", QuotePair.OfOne(QuoteFigure.Parse($"{author.Last}"))),
                        new LoadedQuote(day < -5 ? "KWD" : "JPY", QuotePair.OfOne(QuoteFigure.Parse("0.0000000000001")))]));
        author.Write(new LoadQuotes(today.AddDays(6), [new LoadedQuote("CHF", QuotePair.OfOne(QuoteFigure.Parse("1")))]));
        await CommitAllAsync(author);
        foreach (var (book, expected) in new[] { (author.Book, new Tests.Expected.ExpectedBook(author.Batches)), (Main, Expected) })
        {
            var loaded = (await Store.LoadBookAsync(book, Token))!;
            Assert.Equal(expected.Row, loaded.Row);
            Assert.Equal(
                expected.AccountsAt(expected.Head).Where(account => account.IsSystem),
                loaded.SystemAccounts.OrderBy(account => account.Id));
            // In a zone behind UTC it may still be the day before.
            Assert.Equal(
                expected.QuotesFrom(expected.Row.Head.At.Date.AddDays(-1)),
                loaded.Quotes.OrderBy(quote => quote.Currency, StringComparer.Ordinal).ThenBy(quote => quote.Date));
        }
    }

    IEnumerable<long> Numbers() => Enumerable.Range(-1, (int)Expected.Head + 10).Select(number => (long)number);

    IEnumerable<IdempotencyKey> Keys() =>
        Expected.Operations.Where(operation => operation.Key is not null).Select(operation => operation.Key!.Value);

    static IEnumerable<KeyValuePair<CustomerCode, long>> CodesOf(IEnumerable<Customer> customers) =>
        customers.Where(customer => customer.Details?.Code is not null)
            .Select(customer => KeyValuePair.Create(customer.Details!.Code!.Value, customer.Id));
}
