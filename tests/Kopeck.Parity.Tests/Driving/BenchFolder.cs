using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>A bench in a folder of its own.</summary>
sealed class BenchFolder : IAsyncDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("kopeck-parity-").FullName;

    BenchFolder()
    {
    }

    /// <summary>The day on which every scenario begins.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static BookName Main { get; } = BookName.Parse("main");

    public Bench Bench { get; private set; } = null!;

    public static async Task<BenchFolder> MakeAsync()
    {
        var made = new BenchFolder();
        var path = Path.Combine(made.folder, "kopeck.db");
        var clock = new ManualClock(Start);
        var salts = new CountedSalts();
        SqliteDatabase.Create(path, clock);
        await using var store = new SqliteStore(path);
        await using var engine = new LedgerEngine(store, new EngineOptions(), clock, salts, NullLogger<LedgerEngine>.Instance);
        Assert.True(Currency.TryFind("EUR", out var euro));
        Assert.True((await engine.OpenBookAsync(Main, euro, 7, KeyName.Parse("operator"))).IsAccepted);
        var keys = new ApiKeys(store, clock);
        var (administrator, _) = await keys.CreateAsync(Main, KeyName.Parse("admin"), Scopes.Admin, CancellationToken.None);
        var (operators, _) = await keys.CreateAsync(null, KeyName.Parse("operator"), Scopes.None, CancellationToken.None);
        made.Bench = new Bench(path, clock, salts, administrator!.Secret, operators!.Secret);
        return made;
    }

    /// <summary>Every operation of the book <c>main</c> with its hash, from the file.</summary>
    public async Task<IReadOnlyList<string>> ReadJournalAsync()
    {
        await using var store = new SqliteStore(Bench.DatabasePath);
        var operations = await store.ReadJournalAsync(Main, 0, 10_000, CancellationToken.None);
        return
        [
            .. operations.Select(
                operation => $"{operation.Number} {operation.Kind.Name()} {operation.Actor} {operation.Key} {operation.Hash}")
        ];
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
