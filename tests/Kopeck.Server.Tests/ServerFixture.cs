using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Server.Grpc;
using Kopeck.Server.Hosting;
using Kopeck.Server.Http;
using Kopeck.Sqlite;
using Kopeck.Testing.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kopeck.Server.Tests;

/// <summary>
/// The real server over Kestrel on a free port, with the real store on a file, and two books with the same things in them.
/// </summary>
public sealed class ServerFixture : IAsyncLifetime
{
    const string MainBook = "main";
    const string OtherBook = "other";

    readonly string folder = Directory.CreateTempSubdirectory("kopeck-server-").FullName;
    readonly Dictionary<string, BookName> books = new(StringComparer.Ordinal);
    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    SqliteStore? store;
    LedgerEngine? engine;
    WebApplication? server;
    WebApplication? grpc;
    int names;

    public static string Today => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public Uri GrpcAddress { get; private set; } = new("http://127.0.0.1/");

    public string OperatorKey { get; private set; } = "";

    internal Seed Main { get; private set; } = new("", new Dictionary<string, string>(StringComparer.Ordinal));

    internal Seed Other { get; private set; } = new("", new Dictionary<string, string>(StringComparer.Ordinal));

    internal string DatabasePath => Path.Combine(folder, "kopeck.db");

    internal ApiKeys Keys { get; private set; } = null!;

    internal ILedgerStore Store => store!;

    internal LedgerEngine Engine => engine!;

    internal ServerOptions Options { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        SqliteDatabase.Create(DatabasePath, TimeProvider.System);
        store = new SqliteStore(DatabasePath);
        engine = new LedgerEngine(store, new EngineOptions(), TimeProvider.System, new RandomSalts(), NullLogger<LedgerEngine>.Instance);
        Keys = new ApiKeys(store, TimeProvider.System);
        Assert.True(Currency.TryFind("EUR", out var euro));
        Options = new ServerOptions { Http = new Uri("http://127.0.0.1:0"), Grpc = new Uri("http://127.0.0.1:0"), BaseCurrency = euro };
        server = BuildAnother(Options);
        grpc = GrpcServer.Build(engine, Keys, Options, TimeProvider.System, _ => { });
        await server.StartAsync(TestContext.Current.CancellationToken);
        await grpc.StartAsync(TestContext.Current.CancellationToken);
        Address = new Uri(server.Urls.First() + "/");
        GrpcAddress = new Uri(grpc.Urls.First());
        OperatorKey = await MakeKeyAsync(null, "operator", Scopes.None);
        Main = await Seed.PlantAsync(this, await OpenBookAsync(MainBook), 0);
        Other = await Seed.PlantAsync(this, await OpenBookAsync(OtherBook), 40);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (grpc is not null)
            await grpc.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        if (engine is not null)
            await engine.DisposeAsync();
        if (store is not null)
            await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    internal Task StopGrpcAsync() => grpc!.StopAsync();

    /// <summary>Another server on the same ledger, not started yet, with settings of its own.</summary>
    internal WebApplication BuildAnother(ServerOptions options) =>
        KopeckServer.Build(engine!, Keys, options, TimeProvider.System, _ => { });

    /// <summary>Another server on the same ledger with keys' shares of its own.</summary>
    internal async Task<WebApplication> StartAnotherAsync(KeyShares shares)
    {
        var another = BuildAnother(Options with { Shares = shares });
        await another.StartAsync(TestContext.Current.CancellationToken);
        return another;
    }

    internal async Task<string> OpenBookAsync(string name)
    {
        var made = (await SendAsync("POST", "/v1/books", $$"""{"name": "{{name}}"}""", OperatorKey)).MustBe(201)["key"];
        books[made] = BookName.Parse(name);
        return made;
    }

    internal async Task<string> MakeKeyAsync(BookName? book, string name, Scopes scopes)
    {
        var (made, rejection) = await Keys.CreateAsync(book, KeyName.Parse(name), scopes, TestContext.Current.CancellationToken);
        Assert.Null(rejection);
        if (book is { } owner)
            books[made!.Secret] = owner;
        return made!.Secret;
    }

    /// <summary>A name that nobody has yet.</summary>
    internal string NextName(string start) =>
        string.Create(CultureInfo.InvariantCulture, $"{start.ToLowerInvariant()}-{Interlocked.Increment(ref names)}");

    internal BookName BookOf(string key) => books[key];

    internal async Task<(long Number, string Hash)> HeadAsync(BookName book)
    {
        var row = await Store.FindBookAsync(book, TestContext.Current.CancellationToken);
        return (row!.Head.Number, row.Head.Hash.ToString());
    }

    /// <summary>
    /// Sends a request as a well-behaved client does, with a fresh idempotency key unless one is given; an empty one sends none.
    /// </summary>
    internal Task<Reply> SendAsync(
        string method, string path, string? body, string? key, string? idempotencyKey = null, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path));
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (method is not "GET" and not "HEAD" && idempotencyKey != "")
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey ?? Guid.CreateVersion7().ToString());
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        change?.Invoke(request);
        return SendAsync(request);
    }

    internal async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            var reply = await Reply.ReadAsync(response, TestContext.Current.CancellationToken);
            // Whatever a test is about, what it is answered is what the document says.
            Assert.Empty(AnswerContract.Committed.Check(
                request.Method.Method, request.RequestUri!.PathAndQuery, reply.Status, reply.Headers, reply.Text));
            return reply;
        }
    }

    internal Task<Reply> GetAsync(string path, string? key = null) => SendAsync("GET", path, null, key ?? Main.Key);

    internal Task<Reply> PostAsync(string path, string body, string? idempotencyKey = null) =>
        SendAsync("POST", path, body, Main.Key, idempotencyKey);
}
