using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Server.Hosting;
using Kopeck.Server.Http;
using Kopeck.Sqlite;
using Kopeck.Testing;
using Kopeck.Testing.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kopeck.Contracts.Tests;

/// <summary>The real server on a free port with a fresh book; its clock may stand still, so that its answers are always the same.</summary>
sealed class LedgerServer : IAsyncDisposable
{
    readonly Folder folder = new();
    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    readonly SqliteStore store;
    readonly LedgerEngine engine;
    readonly ApiKeys keys;
    readonly WebApplication server;

    LedgerServer(TimeProvider time)
    {
        SqliteDatabase.Create(folder.Database, time);
        store = new SqliteStore(folder.Database);
        engine = new LedgerEngine(store, new EngineOptions(), time, new CountedSalts(), NullLogger<LedgerEngine>.Instance);
        keys = new ApiKeys(store, time);
        Assert.True(Currency.TryFind("EUR", out var euro));
        server = KopeckServer.Build(
            engine, keys, new ServerOptions { Http = new Uri("http://127.0.0.1:0"), BaseCurrency = euro }, time, _ => { });
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public string AdminKey { get; private set; } = "";

    public string OperatorKey { get; private set; } = "";

    public AnswerContract Contract { get; } = new(ApiDocument.Committed);

    public static async Task<LedgerServer> StartAsync(TimeProvider? time = null)
    {
        var started = new LedgerServer(time ?? TimeProvider.System);
        await started.server.StartAsync();
        started.Address = new Uri(started.server.Urls.First() + "/");
        var (made, _) = await started.keys.CreateAsync(null, KeyName.Parse("operator"), Scopes.None, CancellationToken.None);
        started.OperatorKey = made!.Secret;
        var opened = await started.SendAsync("POST", "/v1/books", """{"name": "main"}""", "open-main", started.OperatorKey);
        started.AdminKey = opened.Json["key"]!.GetValue<string>();
        return started;
    }

    /// <summary>Sends a request; what is answered is held against the document.</summary>
    public async Task<Answer> SendAsync(string method, string target, string? body, string? idempotencyKey, string key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, target));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync(response, TestContext.Current.CancellationToken);
        Assert.Empty(Contract.Check(method, target, answer.Status, answer.Headers, answer.Text));
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await engine.DisposeAsync();
        await store.DisposeAsync();
        folder.Dispose();
    }

    sealed class CountedSalts : ISaltSource
    {
        int count;

        public Digest Next() => new(SHA256.HashData(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"salt {Interlocked.Increment(ref count)}"))));
    }
}
