using System.Globalization;
using Kopeck.Engine.Hosting;
using Kopeck.Engine.Requests;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Engine.Tests;

/// <summary>Books come into a node's memory when they are needed, and leave it when nobody needs them.</summary>
public sealed class BookLifeTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_book_that_nobody_writes_to_leaves_memory_and_comes_back_when_it_is_needed()
    {
        var time = new ManualTime();
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite, time: time);
        await using var node = book.Open(time: time);
        Assert.Empty(node.Books);
        for (var round = 0; round < 3; round++)
        {
            var outcome = await node.SubmitAsync(TestBook.Admin, book.Deposit($"{round}")).AsTask().WaitAsync(Patience);
            Assert.True(outcome.IsAccepted, outcome.Rejection?.Detail);
            Assert.Equal(BookCondition.Running, Assert.Single(node.Books).Condition);
            Assert.True(node.KnownAccounts > 0);
            time.Advance(TimeSpan.FromMinutes(3));
            Assert.Equal(BookCondition.Running, Assert.Single(node.Books).Condition);
            time.Advance(TimeSpan.FromMinutes(3));
            await Eventually.TrueAsync(() => Assert.Single(node.Books).Condition == BookCondition.Resting, "the book to rest");
            Assert.Equal((0L, 0L), (node.KnownAccounts, node.KnownLookups));
        }

        Assert.Equal(3, Assert.Single(node.Books).Counts.CommittedBatches);
        Assert.Equal("3.00", await book.TotalAsync());
    }

    [Fact]
    public async Task Books_that_come_and_go_under_load_lose_nothing()
    {
        const int callers = 16;
        const int turns = 60;
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite);
        await using var node = book.Open(options: new EngineOptions { IdleBookLife = TimeSpan.FromMilliseconds(2) });
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            for (var turn = 0; turn < turns; turn++)
            {
                var outcome = await node.SubmitAsync(TestBook.Admin, book.Deposit($"{caller}-{turn}", caller)).AsTask().WaitAsync(Patience);
                Assert.True(outcome.IsAccepted, outcome.Rejection?.Detail);
                if (turn % 10 == 9)
                    await Task.Delay(random.Next(30));
            }
        })));
        Assert.Equal((callers * turns).ToString(CultureInfo.InvariantCulture) + ".00", await book.TotalAsync());
        await Eventually.TrueAsync(() => Assert.Single(node.Books).Condition == BookCondition.Resting, "the book to rest");
        book.Verify();
    }

    [Fact]
    public async Task Of_two_thousand_books_only_those_that_are_busy_take_memory_and_queries()
    {
        const int all = 2_000;
        const int busy = 20;
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite);
        var (store, counts) = CountedStore.Around(book.Store);
        var time = new ManualTime();
        await using var node = book.Open(store, time: time);
        var callers = new List<Caller>();
        for (var index = 0; index < all; index++)
        {
            callers.Add(await TestBook.OpenBookAsync(node, $"book-{index}"));
            await RegisterAsync(callers[index], $"first-{index}");
        }

        Assert.Equal(all, node.Books.Count(health => health.Condition == BookCondition.Running));
        for (var minute = 0; minute < 10; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            foreach (var caller in callers.Take(busy))
                await RegisterAsync(caller, $"{caller.Book}-{minute}");
        }

        await Eventually.TrueAsync(
            () => node.Books.Count(health => health.Condition == BookCondition.Running) == busy, "idle books to rest");
        Assert.InRange(node.KnownAccounts, 1, busy * 12);
        var before = counts.Total;
        var dueLooks = counts.DueLooks;
        time.Advance(TimeSpan.FromSeconds(10));
        await Task.Delay(300);
        Assert.Equal(before, counts.Total);
        Assert.InRange(counts.DueLooks - dueLooks, 1, 20);
        foreach (var caller in callers.Take(busy))
            await RegisterAsync(caller, $"{caller.Book}-last");
        // A look-up and a commit each.
        Assert.InRange(counts.Total - before, busy, busy * 3);

        async Task RegisterAsync(Caller caller, string key)
        {
            var request = book.Deposit(key) with { Command = TestBook.Register("Somebody") };
            var outcome = await node.SubmitAsync(caller, request).AsTask().WaitAsync(Patience);
            Assert.True(outcome.IsAccepted, outcome.Rejection?.Detail);
        }
    }

    [Fact]
    public async Task Followers_of_two_thousand_books_share_one_look()
    {
        const int all = 2_000;
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite);
        var (store, counts) = CountedStore.Around(book.Store);
        await using var node = book.Open(store, new EngineOptions { HeadLookInterval = TimeSpan.FromMilliseconds(100) });
        using var stop = new CancellationTokenSource();
        var readers = new List<IAsyncEnumerator<IReadOnlyList<Ledger.Journal.Operation>>>();
        for (var index = 0; index < all; index++)
        {
            var caller = await TestBook.OpenBookAsync(node, $"book-{index}");
            readers.Add(node.WatchAsync(caller.Book, 0, TimeSpan.FromHours(1), stop.Token).GetAsyncEnumerator());
            Assert.True(await readers[^1].MoveNextAsync());
        }

        var waiting = readers.Select(reader => reader.MoveNextAsync().AsTask()).ToList();
        var before = counts.Total;
        await Task.Delay(1_000);
        Assert.InRange(counts.Total - before, 1, 12 + all);
        before = counts.Total;
        await Task.Delay(1_000);
        Assert.InRange(counts.Total - before, 1, 12);
        await stop.CancelAsync();
        foreach (var each in waiting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => each);
        foreach (var reader in readers)
            await reader.DisposeAsync();
    }

    [Fact]
    public async Task The_memory_of_a_node_is_one_budget_and_who_is_idle_gives_first()
    {
        const int budget = 60;
        await using var book = await TestBook.CreateAsync(StoreEngine.Sqlite);
        await using var node = book.Open(options: new EngineOptions { MaxKnownAccounts = budget });
        var callers = new List<Caller>();
        for (var index = 0; index < 12; index++)
        {
            callers.Add(await TestBook.OpenBookAsync(node, $"book-{index}"));
            var requests =
                Enumerable.Range(0, 10).Select(count => book.Deposit($"{count}") with { Command = TestBook.Register($"Customer {count}") });
            var outcome = await node.SubmitBatchAsync(callers[index], [.. requests], atomic: true);
            Assert.Null(outcome.Rejection);
            // What a batch brought is counted when the next begins.
            Assert.True(
                (await node.SubmitAsync(callers[index], book.Deposit("more") with { Command = TestBook.Register("More") })).IsAccepted);
            await Eventually.TrueAsync(() => node.KnownAccounts <= budget, "idle books to give their memory back");
        }

        var running = node.Books.Where(health => health.Condition == BookCondition.Running).Select(health => health.Book).ToList();
        Assert.InRange(running.Count, 2, 7);
        // The last ones stayed.
        Assert.Contains(callers[^1].Book, running);
        Assert.DoesNotContain(callers[0].Book, running);
    }
}
