using Kopeck.Engine;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Testing.Stores;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Laws.Tests.Driving;

/// <summary>A real engine on a real database of its own.</summary>
sealed class TestLedger : IAsyncDisposable
{
    public static readonly BookName Book = BookName.Parse("main");
    public static readonly Caller Admin = new(Book, KeyName.Parse("tester"), Scopes.Admin);
    public static readonly Caller Reader = new(Book, KeyName.Parse("reader"), Scopes.Read);

    // What is due comes before a batch, where the model says; an idle book is woken where a test wants that.
    static readonly TimeSpan Never = TimeSpan.FromDays(1);
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    readonly TestDatabase database;
    readonly bool ownsDatabase;

    TestLedger(
        TestDatabase database, TestClock clock, int saltSeed, bool ownsDatabase, Func<ILedgerStore, ILedgerStore>? wrap,
        EngineOptions? options, TimeProvider? time = null, bool wakes = false)
    {
        this.database = database;
        this.ownsDatabase = ownsDatabase;
        Clock = clock;
        Store = database.Ledger.OpenStore();
        Engine = new LedgerEngine(
            wrap?.Invoke(Store) ?? Store, (options ?? new EngineOptions()) with { DueLookInterval = wakes ? Soon : Never }, time ?? clock,
            new SeededSalts(saltSeed), new TestLog());
    }

    public TestClock Clock { get; }

    public ILedgerStore Store { get; }

    public LedgerEngine Engine { get; }

    /// <summary>A new database with the book main in euros.</summary>
    public static async Task<TestLedger> CreateAsync(
        StoreEngine engine, int saltSeed = 1, Func<ILedgerStore, ILedgerStore>? wrap = null, EngineOptions? options = null)
    {
        var clock = new TestClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var ledger = new TestLedger(await engine.CreateAsync(), clock, saltSeed, ownsDatabase: true, wrap, options);
        var opened = await ledger.Engine.OpenBookAsync(Book, Values.Currency("EUR"), 7, KeyName.Parse("system"));
        Assert.Null(opened.Rejection);
        return ledger;
    }

    /// <summary>Another engine on the same database.</summary>
    /// <param name="look">Called each time it looks at the clock, which it does when it decides.</param>
    /// <param name="wakes">Whether it wakes books that have due work.</param>
    public TestLedger Join(
        int saltSeed, Func<ILedgerStore, ILedgerStore>? wrap = null, Action? look = null, EngineOptions? options = null,
        bool wakes = false) =>
        new(database, Clock, saltSeed, ownsDatabase: false, wrap, options, look is null ? null : new WatchedClock(Clock, look), wakes);

    public void Verify()
    {
        var result = Verifier.Verify(database.Ledger.OpenForVerification(), Book);
        Assert.True(result.Finding is null, result.Finding?.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Store.DisposeAsync();
        if (ownsDatabase)
            await database.DisposeAsync();
    }

    sealed class WatchedClock(TimeProvider real, Action look) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            look();
            return real.GetUtcNow();
        }
    }
}
