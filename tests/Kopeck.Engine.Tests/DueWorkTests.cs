using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Engine.Tests;

/// <summary>What a journal's own time makes happen is written before whatever comes after it, and by itself where nothing comes.</summary>
public sealed class DueWorkTests
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly ManualTime time = new();

    [Fact]
    public async Task A_command_finds_done_what_is_due_of_its_account()
    {
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite, time: time);
        var due = new Dictionary<long, Instant> { [book.Wallets[0]] = At(Hour), [book.Wallets[1]] = At(Hour + Hour) };
        await using var node = book.Open(time: time, dueWork: new FakeDueWork(book.Store, due, wakes: false));
        Assert.True((await node.SubmitAsync(TestBook.Admin, book.Deposit("early"))).IsAccepted);
        time.Advance(Hour);
        var late = await node.SubmitAsync(TestBook.Admin, book.Deposit("late"));
        Assert.Equal(ErrorCode.AccountFrozen, late.Rejection?.Code);
        Assert.True((await node.SubmitAsync(TestBook.Admin, book.Deposit("other", 1))).IsAccepted);
        var journal = await ReadAsync(book);
        Assert.Equal((OperationKind.AccountFrozen, "system", At(Hour)), (journal[^2].Kind, journal[^2].Actor.Value, journal[^2].At));
        book.Verify();
    }

    [Fact]
    public async Task A_batch_does_what_is_due_of_its_accounts_and_then_up_to_a_thousand_others()
    {
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite, wallets: 1_001, time: time);
        // The newest is due first.
        var due = book.Wallets.Index().ToDictionary(each => each.Item, each => At(TimeSpan.FromSeconds(2_000 - each.Index)));
        await using var node = book.Open(time: time, dueWork: new FakeDueWork(book.Store, due, wakes: false));
        time.Advance(Hour);
        var before = (await ReadAsync(book)).Count;
        Assert.Equal(ErrorCode.AccountFrozen, (await node.SubmitAsync(TestBook.Admin, book.Deposit("first"))).Rejection?.Code);
        Assert.Equal(book.Wallets.AsEnumerable().Reverse().Take(1_000).Prepend(book.Wallets[0]), await FrozenAfterAsync(book, before));
        book.Verify();
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(128, 8)]
    [InlineData(320, 20)]
    public async Task A_batch_does_so_few_of_a_flood_that_writers_keep_their_pace_and_each_goes_on_with_it(int commands, int others)
    {
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite, wallets: 1_050, time: time);
        var due = book.Wallets.ToDictionary(wallet => wallet, _ => At(Hour));
        await using var node = book.Open(time: time, dueWork: new FakeDueWork(book.Store, due, wakes: false));
        time.Advance(Hour);
        var before = (await ReadAsync(book)).Count;
        var done = 0;
        for (var batch = 0; done < 1_050; batch++)
        {
            var requests = Enumerable.Range(0, commands).Select(index => book.Deposit($"{batch}-{index}"));
            var outcome = await node.SubmitBatchAsync(TestBook.Admin, [.. requests], atomic: false);
            Assert.All(outcome.Outcomes, item => Assert.Equal(ErrorCode.AccountFrozen, item.Rejection?.Code));
            // That of the batch's own account comes with the first; a thousand are no flood.
            var left = 1_050 - Math.Max(done, 1);
            done = 1_050 - left + (left > 1_000 ? others : left);
            Assert.Equal(book.Wallets.Take(done), await FrozenAfterAsync(book, before));
        }

        book.Verify();
    }

    [Fact]
    public async Task An_idle_book_goes_on_until_nothing_is_due()
    {
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite, wallets: 2_050, time: time);
        var due = book.Wallets.ToDictionary(wallet => wallet, _ => At(Hour));
        await using var node = book.Open(time: time, dueWork: new FakeDueWork(book.Store, due));
        time.Advance(Hour);
        var done = 0;
        for (var looks = 0; done < 2_050 && looks < 1_000; looks++)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(10, TestContext.Current.CancellationToken);
            done = await FrozenAsync(book);
        }

        Assert.Equal(2_050, done);
        book.Verify();
    }

    [Fact]
    public async Task An_idle_book_is_woken_when_something_is_due_by_nodes_that_never_served_it_and_once()
    {
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite, time: time);
        var due = book.Wallets.ToDictionary(wallet => wallet, wallet => At(Hour * (1 + book.Wallets.IndexOf(wallet))));
        var work = new FakeDueWork(book.Store, due);
        await using var one = book.Open(time: time, dueWork: work);
        await using var second = book.OpenStore();
        await using var two = book.Open(second, time: time, dueWork: work);
        for (var count = 1; count <= book.Wallets.Count; count++)
        {
            time.Advance(Hour - TimeSpan.FromSeconds(1));
            await Task.Delay(50);
            Assert.Equal(count - 1, await FrozenAsync(book));
            time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.TrueAsync(async () => await FrozenAsync(book) == count, "what is due to be written");
        }

        await Eventually.TrueAsync(() => one.Waiting + two.Waiting == 0, "both nodes to be done");
        var frozen = (await ReadAsync(book)).Select(operation => operation.Body).OfType<AccountFrozen>().Select(body => body.Account);
        Assert.Equal(due.OrderBy(each => each.Value).Select(each => each.Key), frozen);
        book.Verify();
    }

    static Instant At(TimeSpan after) => Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + after);

    static async Task<IEnumerable<long>> FrozenAfterAsync(TestBook book, int before) =>
        (await ReadAsync(book)).Skip(before).Select(operation => ((AccountFrozen)operation.Body).Account);

    static async Task<int> FrozenAsync(TestBook book) =>
        (await ReadAsync(book)).Count(operation => operation.Kind == OperationKind.AccountFrozen);

    static async Task<IReadOnlyList<Operation>> ReadAsync(TestBook book) =>
        [.. await book.Store.ReadJournalAsync(TestBook.Name, 0, 10_000, CancellationToken.None).AsTask().WaitAsync(Patience)];
}
