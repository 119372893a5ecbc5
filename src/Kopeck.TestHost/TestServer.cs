using System.Net.Http.Headers;
using Kopeck.Api;
using Kopeck.Client;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;
using Kopeck.Server.Grpc;
using Kopeck.Server.Hosting;
using Kopeck.Server.Http;
using Kopeck.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kopeck.TestHost;

/// <summary>
/// A real Kopeck server inside a test: HTTP and gRPC on free ports of this machine, a fresh book, and nothing left afterwards.
/// <code>
/// await using var server = await TestServer.StartAsync();
/// using var client = server.CreateClient();
/// </code>
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    static readonly Uri AnyPort = new("http://127.0.0.1:0");
    static readonly BookName Main = BookName.Parse("main");

    readonly string folder = Directory.CreateTempSubdirectory("kopeck-test-").FullName;
    readonly SqliteStore store;
    readonly LedgerEngine engine;
    readonly ApiKeys keys;
    readonly WebApplication http;
    readonly WebApplication grpc;
    readonly Currency currency;

    TestServer(TestServerOptions options)
    {
        if (!Currency.TryFind(options.BaseCurrency, out currency))
            throw new ArgumentException($"{options.BaseCurrency} holds no money: use a code of ISO 4217", nameof(options));
        var path = Path.Combine(folder, "kopeck.db");
        SqliteDatabase.Create(path, options.Time);
        store = new SqliteStore(path);
        engine = new LedgerEngine(store, new EngineOptions(), options.Time, new RandomSalts(), NullLogger<LedgerEngine>.Instance);
        keys = new ApiKeys(store, options.Time);
        var server = new ServerOptions
        {
            Http = AnyPort,
            Grpc = AnyPort,
            BaseCurrency = currency,
            Terms = new BookTerms(options.QuoteMaxAgeDays, BookTerms.Utc),
        };
        var logging = options.Logging ?? (_ => { });
        http = KopeckServer.Build(engine, keys, server, options.Time, logging);
        grpc = GrpcServer.Build(engine, keys, server, options.Time, logging);
    }

    /// <summary>Where it serves HTTP.</summary>
    public Uri Http { get; private set; } = AnyPort;

    /// <summary>Where it serves gRPC.</summary>
    public Uri Grpc { get; private set; } = AnyPort;

    /// <summary>The key of the administrator of the book <c>main</c>.</summary>
    public string AdminKey { get; private set; } = "";

    /// <summary>The operator's key, which manages books.</summary>
    public string OperatorKey { get; private set; } = "";

    /// <summary>Starts one.</summary>
    public static async Task<TestServer> StartAsync(
        TestServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var wanted = options ?? new TestServerOptions();
        var server = new TestServer(wanted);
        try
        {
            await server.BeginAsync(wanted, cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A client over gRPC, with the administrator's key unless another is given. The caller disposes of it.</summary>
    public KopeckClient CreateClient(string? key = null) =>
        new(new KopeckClientOptions { Address = Grpc, Key = key ?? AdminKey });

    /// <summary>A client over HTTP, with the administrator's key unless another is given. The caller disposes of it.</summary>
    public HttpClient CreateHttpClient(string? key = null)
    {
        var client = new HttpClient { BaseAddress = Http };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key ?? AdminKey);
        return client;
    }

    /// <summary>Makes a key of the book <c>main</c> with scopes of its own.</summary>
    public Task<string> CreateKeyAsync(string name, Scopes scopes, CancellationToken cancellationToken = default) =>
        MakeKeyAsync(Main, name, scopes, cancellationToken);

    /// <summary>Stops it and removes what it wrote.</summary>
    public async ValueTask DisposeAsync()
    {
        await grpc.DisposeAsync().ConfigureAwait(false);
        await http.DisposeAsync().ConfigureAwait(false);
        await engine.DisposeAsync().ConfigureAwait(false);
        await store.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(folder, recursive: true);
    }

    async Task BeginAsync(TestServerOptions options, CancellationToken cancellationToken)
    {
        var opened = await engine.OpenBookAsync(Main, currency, options.QuoteMaxAgeDays, KeyName.Parse("test")).ConfigureAwait(false);
        if (opened.Rejection is { } rejection)
            throw new LedgerException(rejection);
        OperatorKey = await MakeKeyAsync(null, "operator", Scopes.None, cancellationToken).ConfigureAwait(false);
        AdminKey = await MakeKeyAsync(Main, "admin", Scopes.Admin, cancellationToken).ConfigureAwait(false);
        await http.StartAsync(cancellationToken).ConfigureAwait(false);
        await grpc.StartAsync(cancellationToken).ConfigureAwait(false);
        Http = new Uri(http.Urls.First() + "/");
        Grpc = new Uri(grpc.Urls.First());
    }

    async Task<string> MakeKeyAsync(BookName? book, string name, Scopes scopes, CancellationToken cancellationToken)
    {
        var (made, rejection) = await keys.CreateAsync(book, KeyName.Parse(name), scopes, cancellationToken).ConfigureAwait(false);
        return rejection is null ? made!.Secret : throw new LedgerException(rejection);
    }
}
