using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Server.Grpc;
using Kopeck.Server.Hosting;
using Kopeck.Server.Http;
using Kopeck.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>The real server on a bench, with a key for every role.</summary>
sealed class DrivenServer : IAsyncDisposable
{
    readonly Dictionary<string, string> keys = new(StringComparer.Ordinal);
    readonly SqliteStore store;
    readonly LedgerEngine engine;
    readonly ApiKeys apiKeys;
    readonly WebApplication server;
    readonly WebApplication grpc;
    readonly WholeLog log = new();
    readonly ILoggerFactory loggers;

    DrivenServer(Bench bench)
    {
        store = new SqliteStore(bench.DatabasePath);
        loggers = LoggerFactory.Create(log.Configure);
        engine = new LedgerEngine(store, new EngineOptions(), bench.Clock, bench.Salts, loggers.CreateLogger<LedgerEngine>());
        apiKeys = new ApiKeys(store, bench.Clock);
        Assert.True(Currency.TryFind("EUR", out var euro));
        var options = new ServerOptions { Http = new Uri("http://127.0.0.1:0"), Grpc = new Uri("http://127.0.0.1:0"), BaseCurrency = euro };
        server = KopeckServer.Build(engine, apiKeys, options, bench.Clock, log.Configure);
        grpc = GrpcServer.Build(engine, apiKeys, options, bench.Clock, log.Configure);
        keys.Add(Role.Admin.Name, bench.AdminKey);
        keys.Add(Role.Operator.Name, bench.OperatorKey);
    }

    public Uri Http { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    public static async Task<DrivenServer> StartAsync(Bench bench)
    {
        var started = new DrivenServer(bench);
        await started.server.StartAsync();
        await started.grpc.StartAsync();
        started.Http = new Uri(started.server.Urls.First() + "/");
        started.Grpc = new Uri(started.grpc.Urls.First());
        return started;
    }

    /// <summary>The secret of the key of who asks, which is made when it is first asked for.</summary>
    public async Task<string> KeyAsync(Step step)
    {
        log.Seed(step);
        var role = step.Role;
        if (keys.TryGetValue(role.Name, out var known))
            return known;
        var scopes = role.Scopes.Aggregate(Scopes.None, (sum, scope) => sum | ScopeNames.Parse(scope));
        var (made, _) = await apiKeys.CreateAsync(BenchFolder.Main, KeyName.Parse(role.Name), scopes, CancellationToken.None);
        keys.Add(role.Name, made!.Secret);
        return made.Secret;
    }

    public async ValueTask DisposeAsync()
    {
        await grpc.DisposeAsync();
        await server.DisposeAsync();
        await engine.DisposeAsync();
        await store.DisposeAsync();
        loggers.Dispose();
        log.AssertQuiet();
    }
}
