using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Reversals;
using Kopeck.Ledger.State;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Stores.Tests;

/// <summary>Holds and reversals now, in the past, in lists, and as the executor looks them up.</summary>
public abstract class HoldReadTests(StoreEngine engine) : FilledStoreTests(engine)
{
    [Fact]
    public async Task Each_hold_is_read_as_every_number_left_it()
    {
        var ids = Expected.HoldsAt(Expected.Head).Select(hold => hold.Id).ToList();
        foreach (var number
            in Enumerable.Range(1, (int)Expected.Head).Where(number => number < 140 || number % 23 == 0 || number >= Expected.Head - 2))
        {
            var expected = Expected.HoldsAt(number).ToDictionary(hold => hold.Id);
            foreach (var id in ids.Where((_, index) => index < 8 || index % 5 == number % 5))
            {
                var (read, asOf) = await Store.GetHoldAsync(Main, id, number, Token);
                Assert.Equal((number, Text(expected.GetValueOrDefault(id))), (asOf, Text(read)));
            }
        }

        foreach (var hold in Expected.HoldsAt(Expected.Head))
        {
            foreach (var at in new long?[] { null, Expected.Head, Expected.Head + 1, long.MaxValue })
                Assert.Equal((Expected.Head, Text(hold)), await ReadAsync(hold.Id, at));
        }

        foreach (var id in new[] { 0, 1, -1, Expected.Head + 1, long.MaxValue })
            Assert.Equal((Expected.Head, Text(null)), await ReadAsync(id, null));
        async Task<(long, string)> ReadAsync(long id, long? at)
        {
            var (read, number) = await Store.GetHoldAsync(Main, id, at, Token);
            return (number, Text(read));
        }
    }

    [Fact]
    public async Task Holds_are_listed_by_every_filter_and_all_together()
    {
        var all = Expected.HoldsAt(Expected.Head).ToList();
        var ends = all.Select(hold => hold.State.ExpiresAt).OfType<Instant>().Order().ToList();
        Instant?[] before = [null, ends[0], ends[ends.Count / 2], new Instant(long.MaxValue)];
        long?[] accounts = [null, .. all.Select(hold => (long?)hold.Account).Distinct().Take(4), 1];
        var customers = Expected.AccountsAt(Expected.Head).Where(account => all.Any(hold => hold.Account == account.Id))
            .Select(account => account.Customer).Distinct();
        HoldStatus?[] statuses = [null, .. Enum.GetValues<HoldStatus>()];
        foreach (var status in statuses)
        {
            foreach (var end in before)
            {
                foreach (var account in accounts)
                    await RequireAsync(new HoldFilter(account, Status: status, ExpiresBefore: end));
                foreach (var customer in customers.Take(3))
                    await RequireAsync(new HoldFilter(Customer: customer, Status: status, ExpiresBefore: end));
                foreach (var to in all.Select(hold => hold.To).Distinct().Take(3))
                    await RequireAsync(new HoldFilter(accounts[1], To: to, Status: status, ExpiresBefore: end));
            }
        }

        foreach (var to in all.Select(hold => hold.To).Distinct())
            await RequireAsync(new HoldFilter(To: to));
        await RequireAsync(new HoldFilter { ToCash = true });
        await RequireAsync(new HoldFilter(all[0].Account) { ToCash = true });
        foreach (var hold in all.Take(5))
        {
            var owner = Expected.AccountsAt(Expected.Head).First(account => account.Id == hold.Account).Customer;
            await RequireAsync(new HoldFilter(hold.Account, owner));
            await RequireAsync(new HoldFilter(all[^1].Account, owner));
        }
    }

    [Fact]
    public async Task What_was_reversed_of_operations_is_read_as_every_number_left_it()
    {
        var operations = Expected.Operations.Where((operation, index) => index < 140 || operation.Number % 11 == 0).ToList();
        foreach (var at in new long?[] { null, 90, 110, 120, 125, 130, Expected.Head / 2, Expected.Head })
        {
            var until = at ?? long.MaxValue;
            var read = await Store.GetReversalsAsync(Main, operations, at, 100, Token);
            Assert.Equal(
                operations.Where(operation => KindList.Of(operation.Kind).MovesMoney).Select(operation => operation.Number).Order(),
                read.Keys.Order());
            foreach (var operation in operations.Where(operation => KindList.Of(operation.Kind).MovesMoney))
            {
                var expected = Expected.ReversalsOf(operation.Number, until);
                Assert.Equal(expected, read[operation.Number].Reversals);
                Assert.Equal(
                    Original.Of(operation, leg => expected.LastOrDefault(row => row.Leg == leg).Back).Back,
                    read[operation.Number].Original.Back);
            }
        }

        var most = operations.MaxBy(operation => Expected.ReversalsOf(operation.Number, long.MaxValue).Count)!;
        Assert.Equal(
            Expected.ReversalsOf(most.Number, long.MaxValue).Take(2),
            (await Store.GetReversalsAsync(Main, [most], null, 2, Token))[most.Number].Reversals);
        Assert.Empty(await Store.GetReversalsAsync(Main, [], null, 100, Token));
    }

    [Fact]
    public async Task The_executor_finds_holds_and_originals_with_the_accounts_that_they_reach()
    {
        var all = Expected.HoldsAt(Expected.Head).ToList();
        var originals = Expected.Operations.Where(operation => KindList.Of(operation.Kind).LegsOf(operation).Length > 0)
            .Where((_, index) => index % 3 == 0).ToList();
        var needs = new Needs { DueUntil = new Instant(long.MaxValue) };
        needs.Holds.UnionWith(all.Where((_, index) => index % 2 == 0).Select(hold => hold.Id).Append(1).Append(Expected.Head + 9));
        needs.Originals.UnionWith(originals.Select(operation => operation.Number).Append(Expected.Head + 9).Append(1));
        var (row, facts) = await Store.LookUpAsync(Main, needs, Token);
        Assert.Equal(Expected.Row, row);
        Assert.Equal(all.Where((_, index) => index % 2 == 0).Select(Text), facts.Holds.OrderBy(hold => hold.Id).Select(Text));
        Assert.Equal(
            all.Where(hold => hold.State.DueAt is not null).OrderBy(hold => hold.State.DueAt).ThenBy(hold => hold.Id).Select(Text),
            facts.Due!.Holds.Select(Text));
        Assert.Null(facts.Due.Until);
        Assert.Equal([1, .. originals.Select(operation => operation.Number)], facts.Originals.Select(original => original.Number).Order());
        foreach (var original in facts.Originals)
        {
            var back = Expected.ReversalsOf(original.Number, long.MaxValue);
            Assert.Equal(original.Legs.Select((_, leg) => back.LastOrDefault(reversal => reversal.Leg == leg).Back), original.Back);
        }

        var reached = all.Where(hold => needs.Holds.Contains(hold.Id) || hold.State.DueAt is not null)
            .SelectMany(hold => new[] { hold.Account, hold.To ?? hold.Account })
            .Concat(facts.Originals.SelectMany(original => original.Legs).SelectMany(leg => new[] { leg.From, leg.To })).ToHashSet();
        Assert.Equal(
            Expected.AccountsAt(Expected.Head).Where(account => reached.Contains(account.Id)),
            facts.Accounts.OrderBy(account => account.Id));
    }

    [Fact]
    public async Task Of_more_holds_than_are_kept_the_first_are_known_and_those_of_touched_accounts()
    {
        const int others = 2_300;
        var author = new BookAuthor("crowd");
        author.Open();
        author.Write(
            new OpenInternalAccount(Ledger.Fields.AccountCode.Parse("many"), Currency("EUR"), null),
            new OpenInternalAccount(Ledger.Fields.AccountCode.Parse("few"), Currency("EUR"), null));
        var (many, few) = (author.Last - 1, author.Last);
        PlaceHold Hold(long account, long seconds) => new(account, Amount("1"), null) { Life = new HoldLife { Seconds = seconds } };
        author.Write([.. Enumerable.Range(0, others).Select(index => Hold(many, 1_000 + index)), Hold(few, 9_000), Hold(few, 8_000)]);
        await CommitAllAsync(author);
        var holds = author.State.Holds.OrderBy(hold => hold.State.DueAt).ThenBy(hold => hold.Id).ToList();
        foreach (var (until, isReached) in new[] { (new Instant(long.MaxValue), true), (holds[0].State.DueAt!.Value, false) })
        {
            var needs = new Needs { DueUntil = until };
            needs.Touched.Add(few);
            var due = (await Store.LookUpAsync(author.Book, needs, Token)).Facts.Due!;
            Assert.Equal((holds[1_999].State.DueAt!.Value, holds[1_999].Id), due.Until);
            Assert.Equal(
                holds.Take(2_000).Concat(isReached ? holds.Where(hold => hold.Account == few) : []).Select(hold => hold.Id).Order(),
                due.Holds.Select(hold => hold.Id).Order());
        }
    }

    [Fact]
    public async Task Books_with_holds_that_end_are_told_by_one_query()
    {
        var first = Expected.HoldsAt(Expected.Head).Select(hold => hold.State.DueAt).OfType<Instant>().Min();
        Assert.Contains(Main, await Store.FindBooksWithDueHoldsAsync(first, Token));
        Assert.DoesNotContain(Main, await Store.FindBooksWithDueHoldsAsync(new Instant(first.Microseconds - 1), Token));
        Assert.Equal(
            ["aaa", "main", "zzz"],
            (await Store.FindBooksWithDueHoldsAsync(new Instant(long.MaxValue), Token)).Select(book => book.Value)
                .Order(StringComparer.Ordinal));
    }

    async Task RequireAsync(HoldFilter filter) => await RequireListAsync(
        Expected.Holds(filter).Select(hold => Text(hold with { Captures = [] })),
        async page =>
        {
            var found = await Store.ListHoldsAsync(Main, filter, page, Token);
            Assert.Equal(Expected.Head, found.Number);
            return new Page<string>([.. found.Value.Items.Select(Text)], found.Value.Next);
        },
        filter.ToString());

    static string Text(Hold? hold) => hold is null
        ? "none"
        : $"{hold.Id} {hold.Account} {hold.To} {hold.ToCash} {hold.Currency} {hold.Asked} {hold.State} {hold.Changed} {string.Join(',', hold.Captures)}";
}
