using System.Globalization;
using System.Text;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Grpc;
using Kopeck.Server.Hosting;
using Kopeck.Server.Http;
using Kopeck.Statements.Writing;
using Kopeck.Testing.Stores;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kopeck.Statements.Tests;

/// <summary>
/// The real servers on a real database, with time and salts that the test sets: the same requests make the same journal, to the byte.
/// </summary>
sealed class TestBook : IAsyncDisposable
{
    static readonly DateTimeOffset Opening = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    readonly TestDatabase database;
    readonly ILedgerStore store;
    readonly LedgerEngine engine;
    readonly HttpClient client;
    readonly List<WebApplication> servers = [];
    ApiKeys keys = null!;
    ServerOptions options = null!;
    int requests;

    TestBook(TestDatabase database, Letterheads letterheads)
    {
        this.database = database;
        store = database.Ledger.OpenStore();
        engine = new LedgerEngine(store, new EngineOptions(), Clock, new SeededSalts(7), NullLogger<LedgerEngine>.Instance);
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        options = new ServerOptions
        {
            Http = new Uri("http://127.0.0.1:0"),
            Grpc = new Uri("http://127.0.0.1:0"),
            BaseCurrency = Values.Currency("EUR"),
            Letterheads = letterheads
        };
    }

    public static BookName Name { get; } = BookName.Parse("main");

    public TestClock Clock { get; } = new(Opening);

    public ILedgerStore Store => store;

    /// <summary>The administrator's key.</summary>
    public string Key { get; private set; } = "";

    public Uri Http { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    /// <summary>What the servers logged of their faults.</summary>
    public ErrorLog Log { get; } = new();

    /// <summary>An empty book in euros.</summary>
    /// <param name="wrap">A store that the statements are read from, in front of the real one.</param>
    public static async Task<TestBook> OpenAsync(
        StoreEngine engine, Func<ILedgerStore, ILedgerStore>? wrap = null, Letterheads? letterheads = null)
    {
        var book = new TestBook(await engine.CreateAsync(), letterheads ?? Letterheads.None);
        Assert.Null((await book.engine.OpenBookAsync(Name, Values.Currency("EUR"), 7, KeyName.Parse("system"))).Rejection);
        book.keys = new ApiKeys(book.store, book.Clock);
        var (made, rejection) =
            await book.keys.CreateAsync(Name, KeyName.Parse("tester"), Scopes.Admin, TestContext.Current.CancellationToken);
        Assert.Null(rejection);
        book.Key = made!.Secret;
        var serving =
            wrap is null
                ? book.engine
                : new LedgerEngine(
                    wrap(book.store), new EngineOptions(), book.Clock, new SeededSalts(8), NullLogger<LedgerEngine>.Instance);
        book.Http = await book.StartAsync(KopeckServer.Build(serving, book.keys, book.options, book.Clock, book.Configure));
        book.Grpc = await book.StartAsync(GrpcServer.Build(serving, book.keys, book.options, book.Clock, book.Configure));
        return book;
    }

    /// <summary>Moves time.</summary>
    public void At(string instant) => Clock.Now = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    /// <summary>Does something, with a key that is the same in every run.</summary>
    public async Task<Reply> DoAsync(string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Http, path))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json")
        };
        request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"request-{++requests}"));
        var reply = await SendAsync(request);
        Assert.True(reply.Status is 200 or 201, $"{method} {path} {body}: {reply.Text}");
        return reply;
    }

    public Task<Reply> PostAsync(string path, string body) => DoAsync("POST", path, body);

    /// <summary>Gets something.</summary>
    public async Task<Reply> GetAsync(string path, string? accept = null, string? language = null, string method = "GET")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Http, path));
        if (accept is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("Accept", accept));
        if (language is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("Accept-Language", language));
        return await SendAsync(request);
    }

    public async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Authorization = new("Bearer", Key);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(
            (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), response.Headers,
            response.Content.Headers);
    }

    /// <summary>A customer with a first wallet: both ids.</summary>
    public async Task<(string Customer, string Wallet)> RegisterAsync(
        string name, string country, string city, string currency, string? code = null)
    {
        var reply = await PostAsync("/v1/customers", $$"""{"name": "{{name}}", "country": "{{country}}", "city": "{{city}}", "currency": "{{currency}}"{{(code is null ? "" : $", \"code\": \"{code}\"")}}}""");
        return (reply["id"], reply.Json.GetProperty("wallets")[0].GetProperty("id").GetString()!);
    }

    public async Task<string> DepositAsync(string wallet, string amount, string description = "") =>
        (await PostAsync("/v1/deposits", $$"""{"wallet": "{{wallet}}", "amount": "{{amount}}"{{(description.Length == 0 ? "" : $", \"description\": \"{description}\"")}}}"""))["id"];

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        foreach (var server in servers)
            await server.DisposeAsync();
        await engine.DisposeAsync();
        await store.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Ends the servers when they have done what they are at.</summary>
    public async Task StopAsync()
    {
        foreach (var server in servers)
            await server.StopAsync(TestContext.Current.CancellationToken);
    }

    async Task<Uri> StartAsync(WebApplication server)
    {
        servers.Add(server);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new Uri(server.Urls.First());
    }

    void Configure(ILoggingBuilder builder) => builder.AddProvider(Log);
}
