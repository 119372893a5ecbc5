using System.Globalization;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Testing.Stores;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Engine.Tests;

/// <summary>A database with a book, in which wallets are open, for engines that may break.</summary>
sealed class TestBook : IAsyncDisposable
{
    public static readonly BookName Name = BookName.Parse("main");
    public static readonly Caller Admin = new(Name, KeyName.Parse("tester"), Scopes.Admin);

    readonly TestDatabase database;
    readonly TimeProvider time;
    int salts;

    TestBook(TestDatabase database, TimeProvider time)
    {
        this.database = database;
        this.time = time;
        Store = database.Ledger.OpenStore();
    }

    /// <summary>A store without faults.</summary>
    public ILedgerStore Store { get; }

    /// <summary>Wallets in euros.</summary>
    public List<long> Wallets { get; } = [];

    public static async Task<TestBook> CreateAsync(StoreEngine engine, int wallets = 4, TimeProvider? time = null)
    {
        var book = new TestBook(await engine.CreateAsync(), time ?? TimeProvider.System);
        await using var opening = book.Open();
        await opening.OpenBookAsync(Name, Currency("EUR"), 7, KeyName.Parse("system"));
        var requests = Enumerable.Range(0, wallets).Select(count => new Request { Command = Register($"Customer {count}") });
        var opened = await opening.SubmitBatchAsync(Admin, [.. requests], atomic: true);
        book.Wallets.AddRange(opened.Outcomes.Select(outcome => outcome.Account!.Id));
        return book;
    }

    /// <summary>A customer with a wallet in euros.</summary>
    public static RegisterCustomer Register(string name) => new(CountryCode.Parse("PT"), Details(name), Currency("EUR"));

    /// <summary>Opens another book, and says who may do anything in it.</summary>
    public static async Task<Caller> OpenBookAsync(LedgerEngine node, string name)
    {
        var caller = Admin with { Book = BookName.Parse(name) };
        Assert.Null((await node.OpenBookAsync(caller.Book, Currency("EUR"), 7, KeyName.Parse("system"))).Rejection);
        return caller;
    }

    /// <summary>Another store on the same database, as of another node.</summary>
    public ILedgerStore OpenStore() => database.Ledger.OpenStore();

    /// <summary>Another engine on the same database.</summary>
    public LedgerEngine Open(
        ILedgerStore? store = null, EngineOptions? options = null, TimeProvider? time = null, LogLines? log = null,
        Hosting.IDueWork? dueWork = null) =>
        new(
            store ?? Store, options ?? new EngineOptions(), time ?? this.time, new SeededSalts(++salts), log ?? new LogLines(), null,
            dueWork);

    /// <summary>A deposit of one euro.</summary>
    public Request Deposit(string key, int wallet = 0) =>
        new() { Command = new Deposit(Wallets[wallet % Wallets.Count], Amount("1"), null), Key = IdempotencyKey.Parse(key) };

    /// <summary>What the wallets have together, in whole euros.</summary>
    public async Task<string> TotalAsync()
    {
        long total = 0;
        foreach (var wallet in Wallets)
            total += (await Store.GetAccountAsync(Name, wallet, null, TestContext.Current.CancellationToken)).Value!.Posted;
        return (total / 100m).ToString("0.00", CultureInfo.InvariantCulture);
    }

    public void Verify()
    {
        var result = Verifier.Verify(database.Ledger.OpenForVerification(), Name);
        Assert.True(result.Finding is null, result.Finding?.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await database.DisposeAsync();
    }
}
