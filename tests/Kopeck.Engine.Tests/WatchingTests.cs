using Kopeck.Engine.Storage;
using Kopeck.Ledger.Journal;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Engine.Tests;

/// <summary>Following a journal that another node writes.</summary>
/// <param name="engine">The database engine.</param>
public abstract class WatchingTests(StoreEngine engine)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    static readonly TimeSpan NoBeat = TimeSpan.FromHours(1);

    [Fact]
    public async Task What_another_node_commits_is_seen_at_once_however_seldom_heads_are_polled()
    {
        await using var book = await TestBook.CreateAsync(engine);
        await using var store = book.OpenStore();
        await using var watching = book.Open(store, new EngineOptions { HeadPollInterval = TimeSpan.FromHours(1) });
        await using var writing = book.Open();
        await using var journal = Follow(watching);
        await ReadAsync(journal, book, writing, rounds: 20);
    }

    [Fact]
    public async Task Where_the_store_cannot_tell_it_is_seen_by_the_slow_poll()
    {
        await using var book = await TestBook.CreateAsync(engine);
        var (store, counts) = CountedStore.Around(book.Store);
        var log = new LogLines();
        counts.Listen = _ => throw new StorageUnavailableException("cut");
        await using var watching = book.Open(store, new EngineOptions { HeadPollInterval = TimeSpan.FromMilliseconds(100) }, log: log);
        await using var writing = book.Open();
        await using var journal = Follow(watching);
        await ReadAsync(journal, book, writing, rounds: 5);
        Assert.True(counts.Of(nameof(ILedgerStore.ReadHeadsAsync)) > 0);
        Assert.Equal(book.Store.TellsCommits, log.Lines.Any(line => line.Id == 113));
    }

    [Fact]
    public async Task A_thousand_followers_of_one_book_cost_one_look_at_a_time()
    {
        await using var book = await TestBook.CreateAsync(engine);
        var (store, counts) = CountedStore.Around(book.Store);
        await using var watching = book.Open(store, new EngineOptions { HeadLookInterval = TimeSpan.FromMilliseconds(20) });
        using var stop = new CancellationTokenSource();
        // They come and go: looks must not pile up.
        for (var round = 0; round < 20; round++)
        {
            var readers = Enumerable.Range(0, 50).Select(_ => Follow(watching)).ToList();
            foreach (var reader in readers)
                Assert.True(await reader.MoveNextAsync());
            foreach (var reader in readers)
                await reader.DisposeAsync();
        }

        var looks = counts.Of(nameof(ILedgerStore.ReadHeadsAsync));
        await using var last = Follow(watching);
        Assert.True(await last.MoveNextAsync());
        await Task.Delay(1_000);
        Assert.InRange(counts.Of(nameof(ILedgerStore.ReadHeadsAsync)) - looks, 1, 60);
        Assert.Equal(0, counts.Of(nameof(ILedgerStore.FindBookAsync)));
    }

    [Fact]
    public async Task A_head_that_went_back_ends_those_who_follow_and_not_those_who_come_later()
    {
        await using var book = await TestBook.CreateAsync(engine);
        var (store, counts) = BackwardStore.Around(book.Store);
        await using var watching = book.Open(store, new EngineOptions { HeadPollInterval = TimeSpan.FromMilliseconds(20) });
        await using (var journal = Follow(watching))
        {
            Assert.True(await journal.MoveNextAsync());
            counts.GoesBack = true;
            await Assert.ThrowsAsync<StorageReplacedException>(async () => await journal.MoveNextAsync().AsTask().WaitAsync(Patience));
        }

        counts.GoesBack = false;
        await using var writing = book.Open();
        await using var later = Follow(watching);
        await ReadAsync(later, book, writing, rounds: 3);
    }

    static IAsyncEnumerator<IReadOnlyList<Operation>> Follow(LedgerEngine node) =>
        node.WatchAsync(TestBook.Name, 0, NoBeat, CancellationToken.None).GetAsyncEnumerator();

    static async Task ReadAsync(IAsyncEnumerator<IReadOnlyList<Operation>> journal, TestBook book, LedgerEngine writing, int rounds)
    {
        Assert.True(await journal.MoveNextAsync());
        var seen = journal.Current[^1].Number;
        for (var round = 0; round < rounds; round++)
        {
            var written = await writing.SubmitAsync(TestBook.Admin, book.Deposit($"{round}-{seen}"));
            while (seen < written.AsOf)
            {
                Assert.True(await journal.MoveNextAsync().AsTask().WaitAsync(Patience));
                seen = journal.Current[^1].Number;
            }
        }
    }
}

public sealed class SqliteWatchingTests() : WatchingTests(StoreEngine.Sqlite);

public sealed class PostgresWatchingTests() : WatchingTests(StoreEngine.Postgres);
