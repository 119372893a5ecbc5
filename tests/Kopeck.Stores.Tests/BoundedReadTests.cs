using System.Globalization;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.State;
using Kopeck.Sqlite;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Stores.Tests;

/// <summary>Whatever readers ask for, a store keeps no more than before, and lists hold up no look-up.</summary>
/// <param name="engine">The database engine.</param>
public abstract class BoundedReadTests(StoreEngine engine) : FilledStoreTests(engine)
{
    const int Pages = 400;
    const int PageLength = 200;

    [Fact]
    public async Task Lists_with_many_limits_and_filters_are_few_statements()
    {
        await AskAsync(21, 60);
        var before = Prepared();
        await AskAsync(61, 130);
        // The filters, directions and places in a list have their texts; the limits and the values have none. Another connection may have
        // taken part.
        Assert.InRange(Prepared(), before, before + 20);
        Assert.InRange(before, 0, 160);
    }

    [Fact]
    public async Task A_look_up_is_done_while_pages_of_the_journal_wait_for_each_other()
    {
        var needs = new Needs();
        needs.Accounts.Add(4);
        // Its connections are open.
        await LookUpAsync(needs);
        var done = 0;
        var pages = Enumerable.Range(0, Pages).Select(async _ =>
        {
            await Store.ReadJournalAsync(Main, 0, PageLength, Token);
            Interlocked.Increment(ref done);
        }).ToList();
        await LookUpAsync(needs);
        var waitedFor = Volatile.Read(ref done);
        await Task.WhenAll(pages);
        Assert.True(waitedFor < Pages / 2, $"{waitedFor} of {Pages} pages were read before the look-ups were done");
    }

    [Fact]
    public async Task Of_more_pages_than_may_wait_those_above_are_refused_at_once_and_the_others_read()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3_000).Select(async _ =>
        {
            try
            {
                await Store.ReadJournalAsync(Main, 0, 20, Token);
                return true;
            }
            catch (StorageOverloadedException)
            {
                return false;
            }
        }));
        Assert.True(outcomes.Count(isRead => isRead) >= 1_000, $"{outcomes.Count(isRead => isRead)} were read");
        Assert.Contains(false, outcomes);
        Assert.Equal(20, (await Store.ReadJournalAsync(Main, 0, 20, Token)).Count);
    }

    [Fact]
    public async Task A_customer_as_of_a_number_says_which_operation_changed_it_last_until_then()
    {
        var author = new BookAuthor("changes");
        author.Open();
        author.Write(new RegisterCustomer(CountryCode.Parse("PT"), Details("Once"), null));
        var customer = author.Last;
        author.Write(new ChangeCustomer(customer, null, [Change(Tables.PersonalValues.City, "Porto")]));
        var changed = author.Last;
        author.Write(new RegisterCustomer(CountryCode.Parse("PT"), Details("Another"), null));
        await CommitAllAsync(author);
        Assert.Equal(customer, (await Store.GetCustomerAsOfAsync(author.Book, customer, customer, Token))!.Changed);
        Assert.Equal(changed, (await Store.GetCustomerAsOfAsync(author.Book, customer, changed, Token))!.Changed);
        Assert.Equal(changed, (await Store.GetCustomerAsOfAsync(author.Book, customer, author.Last, Token))!.Changed);
    }

    async Task LookUpAsync(Needs needs)
    {
        await Store.LookUpAsync(Main, needs, Token);
        await Store.FindKeyAsync(Digest.Of([1]), Token);
    }

    /// <summary>
    /// How many statements the store holds prepared; 0 where that is the driver's matter, which holds a fixed number at most.
    /// </summary>
    int Prepared() => Store is SqliteStore sqlite ? sqlite.PreparedStatements : 0;

    async Task AskAsync(int first, int last)
    {
        for (var limit = first; limit <= last; limit++)
        {
            foreach (var isAscending in new[] { true, false })
            {
                var name = limit.ToString(CultureInfo.InvariantCulture);
                foreach (var after in new PageKey?[] { null, new PageKey(limit) })
                {
                    var page = new PageRequest(after, isAscending, limit);
                    foreach (var kind in new AccountKind?[] { null, AccountKind.Wallet })
                    {
                        await Store.ListAccountsAsync(Main, new AccountFilter(kind), page, Token);
                        await Store.ListAccountsAsync(Main, new AccountFilter(kind, "EUR"), page, Token);
                        await Store.ListAccountsAsync(
                            Main, new AccountFilter(kind, null, AccountCode.Parse("code-" + name), limit), page, Token);
                    }

                    await Store.ListCustomersAsync(Main, new CustomerFilter(name), page, Token);
                    await Store.ListCustomersAsync(Main, new CustomerFilter(null, null, CountryCode.Parse("PT")), page, Token);
                    await Store.ListOperationsAsync(Main, new OperationFilter(limit), page, Token);
                    await Store.ListOperationsAsync(Main, new OperationFilter(null, limit, OperationKind.Deposit), page, Token);
                    await Store.ListHoldsAsync(Main, new HoldFilter(limit), page, Token);
                    await Store.ListHoldsAsync(Main, new HoldFilter(Customer: 7, Status: HoldStatus.Open, To: limit), page, Token);
                    await Store.ListHoldsAsync(Main, new HoldFilter(ExpiresBefore: new Instant(limit)), page, Token);
                    await Store.ListQuotesAsync(Main, "USD", null, null, page, Token);
                }
            }
        }
    }
}
