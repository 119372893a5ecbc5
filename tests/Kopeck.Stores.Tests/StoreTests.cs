using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Stores.Tests;

/// <summary>A fresh database for each test, and a store on it. An engine's tests are subclasses that name the engine.</summary>
public abstract class StoreTests(StoreEngine engine) : IAsyncLifetime
{
    readonly List<ILedgerStore> stores = [];

    /// <summary>The database.</summary>
    protected TestDatabase Database { get; private set; } = null!;

    /// <summary>A store on it.</summary>
    protected ILedgerStore Store { get; private set; } = null!;

    /// <summary>The book that most tests write.</summary>
    protected static BookName Main { get; } = BookName.Parse("main");

    /// <summary>The test's own.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        Database = await MakeDatabaseAsync();
        Store = OpenStore();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores)
            await store.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The database that the test starts with.</summary>
    protected virtual Task<TestDatabase> MakeDatabaseAsync() => engine.CreateAsync();

    /// <summary>Another node's store on the same database.</summary>
    protected ILedgerStore OpenStore()
    {
        var store = Database.Ledger.OpenStore();
        stores.Add(store);
        return store;
    }

    /// <summary>Commits everything that an author wrote.</summary>
    protected Task CommitAllAsync(BookAuthor author) => CommitAllAsync(Store, author);

    /// <summary>Commits everything that an author wrote.</summary>
    protected static async Task CommitAllAsync(ILedgerStore store, BookAuthor author)
    {
        foreach (var batch in author.Batches)
            Assert.True(await store.CommitAsync(batch, null), $"up to operation {batch.Next.Head.Number}");
    }

    /// <summary>Every row of every table of all books as they stand, to compare before and after.</summary>
    protected IReadOnlyList<string> Dump(params string[] without)
    {
        using var raw = Database.OpenRaw();
        return raw.DumpAll(without);
    }

    /// <summary>A whole list, page by page.</summary>
    protected static async Task<List<T>> ReadAllAsync<T>(Func<PageRequest, ValueTask<Page<T>>> read, bool isAscending, int limit)
    {
        var items = new List<T>();
        PageKey? after = null;
        do
        {
            var page = await read(new PageRequest(after, isAscending, limit));
            Assert.True(page.Items.Count <= limit);
            Assert.True(page.Next is null || page.Items.Count == limit);
            items.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return items;
    }

    /// <summary>Compares a list in both orders and in pages of several lengths with what it must be in rising order.</summary>
    protected static async Task RequireListAsync<T>(IEnumerable<T> rising, Func<PageRequest, ValueTask<Page<T>>> read, string what)
    {
        var expected = rising.ToList();
        foreach (var limit in new[] { 1_000, Math.Max(1, expected.Count), Math.Max(1, expected.Count / 3), 1 })
        {
            // Item by item only where it is quick.
            if (limit == 1 && expected.Count > 12)
                continue;
            foreach (var isAscending in new[] { true, false })
            {
                var found = await ReadAllAsync(read, isAscending, limit);
                Assert.True(
                    (isAscending ? expected : Enumerable.Reverse(expected)).SequenceEqual(found),
                    $"{what}, {limit} a page, {(isAscending ? "rising" : "falling")}:\n{string.Join('\n', expected)}\nbut was\n{string.Join('\n', found)}");
            }
        }
    }
}
