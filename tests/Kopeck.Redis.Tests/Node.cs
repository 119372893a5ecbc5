using System.Globalization;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Sqlite;
using Kopeck.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kopeck.Redis.Tests;

/// <summary>One of several nodes on a database, as a server would run it.</summary>
sealed class Node : IAsyncDisposable
{
    static readonly KeyName Actor = KeyName.Parse("tester");

    readonly SqliteStore store;
    readonly CountedStore counts;
    readonly LedgerEngine engine;
    int keys;

    /// <param name="patience">So long that a busy machine is not taken for a dead Redis, unless a test is about that.</param>
    public Node(Folder folder, string redis, TimeSpan? patience = null, ILogger<SharedQuotes>? logger = null)
    {
        Assert.True(RedisAddress.TryParse(redis, out var settings, out var problem), problem);
        SqliteDatabase.Create(folder.Database, TimeProvider.System);
        store = new SqliteStore(folder.Database);
        (var counted, counts) = CountedStore.Around(store);
        Shared = new SharedQuotes(
            settings, TimeProvider.System, logger ?? NullLogger<SharedQuotes>.Instance, patience ?? TimeSpan.FromSeconds(30));
        engine = new LedgerEngine(
            counted, new EngineOptions(), TimeProvider.System, new RandomSalts(), NullLogger<LedgerEngine>.Instance, Shared);
    }

    public static BookName Book { get; } = BookName.Parse("main");

    public static DateOnly Day { get; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    public SharedQuotes Shared { get; }

    /// <summary>How often quotes were read from the database.</summary>
    public int QuoteReads => counts.QuoteReads;

    /// <summary>A node whose Redis answers.</summary>
    public static async Task<Node> StartAsync(Folder folder, RedisServer redis)
    {
        var node = new Node(folder, redis.Address);
        await node.AnswersAsync();
        return node;
    }

    public Task AnswersAsync() => Checks.EventuallyAsync(() => Task.FromResult(Shared.IsAnswering), "Redis answers the node");

    /// <summary>Opens the book with quotes of today.</summary>
    public async Task OpenBookAsync(string rate, bool withKey = true)
    {
        Assert.True(Currency.TryFind("EUR", out var euro));
        Assert.Null((await engine.OpenBookAsync(Book, euro, 7, Actor)).Rejection);
        if (withKey)
            Assert.NotNull(
                (
                    await new ApiKeys(store, TimeProvider.System)
                        .CreateAsync(Book, KeyName.Parse("admin"), Scopes.Admin, CancellationToken.None)).Key);
        await LoadAsync(rate);
    }

    public async Task LoadAsync(string rate)
    {
        var command = new LoadQuotes(
            Day,
            [
                new LoadedQuote("USD", QuotePair.OfOne(QuoteFigure.Parse(rate))),
                new LoadedQuote("JPY", QuotePair.OfOne(QuoteFigure.Parse("0.0061")))]);
        var key = IdempotencyKey.Parse(string.Create(CultureInfo.InvariantCulture, $"quotes-{++keys}-{rate}"));
        Assert.True(
            (await engine.SubmitAsync(new Caller(Book, Actor, Scopes.Admin), new Request { Command = command, Key = key })).IsAccepted);
    }

    /// <summary>The rate in force on a day, as <c>GET /v1/quotes</c> finds it.</summary>
    public async Task<string> RateAsync(DateOnly? day = null) =>
        (
            await engine.Quotes.FindAsync(Book, day ?? Day, TestContext.Current.CancellationToken))!.Newest.Single(quote =>
                quote.Currency == "USD").Pair.Base.ToString();

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await Shared.DisposeAsync();
        await store.DisposeAsync();
    }
}
