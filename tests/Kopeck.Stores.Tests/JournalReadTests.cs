using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Stores.Tests.Expected;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Stores.Tests;

/// <summary>Reads of the journal: one by one, in groups, in order, and in lists with every filter.</summary>
public abstract class JournalReadTests(StoreEngine engine) : FilledStoreTests(engine)
{
    [Fact]
    public async Task Each_operation_and_each_group_is_read_as_it_was_written()
    {
        foreach (var operation in Expected.Operations)
        {
            Assert.Equal(Show.Of(operation), Show.Of(await Store.GetOperationAsync(Main, operation.Number, Token)));
            if (operation.Number == operation.Group)
                Assert.Equal(Show.Of(Expected.Group(operation.Group)), Show.Of(await Store.GetGroupsAsync(Main, [operation.Group], Token)));
        }

        foreach (var none in new[] { long.MinValue, -1, 0, Expected.Head + 1, long.MaxValue })
            Assert.Null(await Store.GetOperationAsync(Main, none, Token));
        Assert.Null(await Store.GetOperationAsync(BookName.Parse("nobody"), 1, Token));
        Assert.Empty(await Store.GetGroupsAsync(BookName.Parse("nobody"), [1], Token));
    }

    [Fact]
    public async Task Many_groups_are_read_at_once_by_number()
    {
        var lasts = Expected.Operations.Select(operation => operation.Group).Distinct().ToList();
        var random = new Random(6);
        foreach (var count in new[] { 1, 2, 50, lasts.Count })
        {
            var wanted = lasts.OrderBy(_ => random.Next()).Take(count).ToList();
            Assert.Equal(Show.Of(wanted.Order().SelectMany(Expected.Group)), Show.Of(await Store.GetGroupsAsync(Main, wanted, Token)));
        }

        // Where no group ends there is none.
        var middle = Expected.Operations.First(operation => operation.Number < operation.Group);
        Assert.Equal(
            Show.Of(Expected.Group(middle.Group)),
            Show.Of(await Store.GetGroupsAsync(Main, [Expected.Head + 5, middle.Group, middle.Number, 0], Token)));
        Assert.Empty(await Store.GetGroupsAsync(Main, [], Token));
    }

    [Fact]
    public async Task The_journal_is_read_in_order_from_any_number()
    {
        foreach (var (after, limit)
            in new[]
            {
                (0L, 1),
                (0, 7),
                (0, 1_000),
                (0, 100_000),
                (Expected.Head - 3, 2),
                (Expected.Head - 1, 5),
                (Expected.Head, 5),
                (Expected.Head + 100, 5),
                (100, 1)
            })
            Assert.Equal(
                Show.Of(Expected.Operations.Skip((int)after).Take(limit)),
                Show.Of(await Store.ReadJournalAsync(Main, after, limit, Token)));
        Assert.Empty(await Store.ReadJournalAsync(BookName.Parse("nobody"), 0, 10, Token));
    }

    [Fact]
    public async Task Operations_are_listed_by_every_filter_alone()
    {
        await RequireAsync(new OperationFilter());
        foreach (var kind in Enum.GetValues<OperationKind>())
            await RequireAsync(new OperationFilter(Kind: kind));
        foreach (var account in Expected.AccountsAt(Expected.Head).Select(account => account.Id).Append(0).Append(Expected.Head + 1))
            await RequireAsync(new OperationFilter(Account: account));
        foreach (var customer in Expected.Customers(new()).Select(customer => customer.Id).Append(0))
            await RequireAsync(new OperationFilter(Customer: customer));
        foreach (var key
            in Expected.Operations.Select(operation => operation.Key).OfType<IdempotencyKey>().Distinct()
                .Where((_, index) => index % 10 == 0).Append(IdempotencyKey.Parse("none")))
            await RequireAsync(new OperationFilter(Key: key));
        foreach (var (since, until) in Periods())
            await RequireAsync(new OperationFilter(Since: since, Until: until));
    }

    [Fact]
    public async Task Operations_are_listed_by_filters_together()
    {
        var random = new Random(3);
        var accounts = Expected.AccountsAt(Expected.Head).ToList();
        var customers = Expected.Customers(new()).ToList();
        var keys = Expected.Operations.Where(operation => operation.Key is not null).ToList();
        var kinds = Enum.GetValues<OperationKind>();
        var periods = Periods().ToList();
        var hits = 0;
        for (var round = 0; round < 150; round++)
        {
            var account = random.Next(2) == 0 ? null : accounts[random.Next(accounts.Count)];
            var operation = keys[random.Next(keys.Count)];
            var (since, until) = periods[random.Next(periods.Count)];
            var filter = new OperationFilter(
                account?.Id,
                random.Next(3) > 0 ? null : random.Next(2) == 0 ? account?.Customer : customers[random.Next(customers.Count)].Id,
                random.Next(2) == 0 ? null : kinds[random.Next(kinds.Length)],
                random.Next(4) > 0 ? null : operation.Key,
                since,
                until);
            hits += await RequireAsync(filter) > 0 ? 1 : 0;
        }

        Assert.True(hits > 20, $"only {hits} lists had anything in them");
    }

    [Fact]
    public async Task A_list_goes_on_where_it_was_while_more_is_written()
    {
        var before = Expected.Operations.Select(operation => operation.Number).ToList();
        var first = await Store.ListOperationsAsync(Main, new OperationFilter(), new PageRequest(null, false, 10), Token);
        var rising = await Store.ListOperationsAsync(Main, new OperationFilter(), new PageRequest(null, true, before.Count - 5), Token);
        var made = Author.Write(
            new Ledger.Kinds.OpenInternalAccount(AccountCode.Parse("later"), Testing.Stores.Authoring.Values.Currency("EUR"), 0));
        Assert.True(await Store.CommitAsync(made, null));
        var rest = await Store.ListOperationsAsync(Main, new OperationFilter(), new PageRequest(first.Next, false, 1_000_000), Token);
        Assert.Equal(before.AsEnumerable().Reverse(), first.Items.Concat(rest.Items).Select(operation => operation.Number));
        var risingRest = await Store.ListOperationsAsync(Main, new OperationFilter(), new PageRequest(rising.Next, true, 1_000_000), Token);
        Assert.Equal(before.Append(made.Next.Head.Number), rising.Items.Concat(risingRest.Items).Select(operation => operation.Number));
    }

    [Fact]
    public async Task The_number_at_an_instant_is_that_of_the_last_operation_not_after_it()
    {
        foreach (var at
            in Expected.Operations.Select(operation => operation.At.Microseconds).Distinct().Where((_, index) => index % 4 == 0))
        {
            foreach (var instant in new[] { new Instant(at - 1), new Instant(at), new Instant(at + 1) })
                Assert.Equal(Expected.NumberAt(instant), await Store.FindNumberAtAsync(Main, instant, Token));
        }

        Assert.Equal(0, await Store.FindNumberAtAsync(Main, default, Token));
        Assert.Equal(Expected.Head, await Store.FindNumberAtAsync(Main, Instant.Max, Token));
        Assert.Equal(0, await Store.FindNumberAtAsync(BookName.Parse("nobody"), Instant.Max, Token));
    }

    async Task<int> RequireAsync(OperationFilter filter)
    {
        var expected = Expected.List(filter).ToList();
        await RequireListAsync(
            Show.Of(expected),
            async page =>
            {
                var found = await Store.ListOperationsAsync(Main, filter, page, Token);
                Assert.True(found.Next is null || found.Next.Value.First == found.Items[^1].Number);
                return new Page<string>([.. Show.Of(found.Items)], found.Next);
            },
            filter.ToString());
        return expected.Count;
    }

    IEnumerable<(Instant? Since, Instant? Until)> Periods()
    {
        var at = Expected.Operations.Select(operation => operation.At).Distinct().ToList();
        var (early, middle, late) = (at[1], at[at.Count / 2], at[^2]);
        yield return (null, null);
        yield return (default(Instant), Instant.Max);
        yield return (middle, null);
        yield return (null, middle);
        yield return (early, late);
        yield return (middle, middle);
        yield return (middle, new Instant(middle.Microseconds + 1));
        yield return (late, early);
        yield return (Instant.Max, null);
        yield return (null, default(Instant));
    }
}
