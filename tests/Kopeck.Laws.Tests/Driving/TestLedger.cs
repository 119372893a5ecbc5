using Kopeck.Engine;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Sqlite;
using Kopeck.Sqlite.Verification;

namespace Kopeck.Laws.Tests.Driving;

/// <summary>A real engine on a real SQLite file in a folder of its own.</summary>
sealed class TestLedger : IAsyncDisposable
{
    public static readonly BookName Book = BookName.Parse("main");
    public static readonly Caller Admin = new(Book, KeyName.Parse("tester"), Scopes.Admin);
    public static readonly Caller Reader = new(Book, KeyName.Parse("reader"), Scopes.Read);

    readonly bool ownsFile;

    TestLedger(string path, TestClock clock, int saltSeed, bool ownsFile, Func<ILedgerStore, ILedgerStore>? wrap, EngineOptions? options)
    {
        this.ownsFile = ownsFile;
        Path = path;
        Clock = clock;
        Store = new SqliteStore(path);
        Engine = new LedgerEngine(wrap?.Invoke(Store) ?? Store, options ?? new EngineOptions(), clock, new SeededSalts(saltSeed), new TestLog());
    }

    public string Path { get; }

    public TestClock Clock { get; }

    public SqliteStore Store { get; }

    public LedgerEngine Engine { get; }

    /// <summary>A new file with the book main in euros.</summary>
    public static async Task<TestLedger> CreateAsync(int saltSeed = 1, Func<ILedgerStore, ILedgerStore>? wrap = null, EngineOptions? options = null)
    {
        var folder = Directory.CreateTempSubdirectory("kopeck-laws-").FullName;
        var clock = new TestClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var path = System.IO.Path.Combine(folder, "test.db");
        SqliteDatabase.Create(path, clock);
        var ledger = new TestLedger(path, clock, saltSeed, ownsFile: true, wrap, options);
        var opened = await ledger.Engine.OpenBookAsync(Book, FindCurrency("EUR"), 7, KeyName.Parse("system"));
        Assert.Null(opened.Rejection);
        return ledger;
    }

    /// <summary>Another engine on the same file.</summary>
    public TestLedger Join(int saltSeed, Func<ILedgerStore, ILedgerStore>? wrap = null) => new(Path, Clock, saltSeed, ownsFile: false, wrap, null);

    public void Verify()
    {
        var result = Verifier.Verify(new SqliteVerificationStore(Path), Book);
        Assert.True(result.Finding is null, result.Finding?.ToString());
    }

    public static Currency FindCurrency(string code) => Currency.TryFind(code, out var currency) ? currency : throw new ArgumentException(code, nameof(code));

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Store.DisposeAsync();
        if (ownsFile)
            Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
    }
}
