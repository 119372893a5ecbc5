using System.Net.Http.Headers;
using System.Text;
using Kopeck.Server.Hosting;
using Kopeck.Server.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Kopeck.Server.Tests.Tokens;

/// <summary>A server on the fixture's ledger that takes the tokens of issuers, and keeps its log.</summary>
sealed class TokenServer : IAsyncDisposable
{
    readonly WebApplication app;
    readonly HttpClient client;

    TokenServer(WebApplication app, BearerTokens tokens, KeptLog log)
    {
        (this.app, Tokens, Log) = (app, tokens, log);
        client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public BearerTokens Tokens { get; }

    public KeptLog Log { get; }

    public static async Task<TokenServer> StartAsync(
        ServerFixture server, IEnumerable<IssuerOptions> issuers, RateLimits? limits = null, TimeProvider? time = null)
    {
        var log = new KeptLog();
        var tokens = new BearerTokens(issuers, server.Store, time ?? TimeProvider.System, log.CreateLogger("tokens"));
        var built = Http.KopeckServer.Build(
            server.Engine, server.Keys, server.Options with { Tokens = tokens, Limits = limits, Metrics = new ServerMetrics() },
            TimeProvider.System, logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        await built.StartAsync(TestContext.Current.CancellationToken);
        return new TokenServer(built, tokens, log);
    }

    public Task<Reply> GetAsync(string path, string? token, string? book = null) => SendAsync("GET", path, null, token, book);

    public async Task<Reply> SendAsync(string method, string path, string? body, string? token, string? book = null, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (book is not null)
            request.Headers.Add("Kopeck-Book", book);
        if (method != "GET")
            request.Headers.Add("Idempotency-Key", key ?? Guid.CreateVersion7().ToString());
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response, TestContext.Current.CancellationToken);
    }

    /// <summary>An answer that is not read yet.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Authorization", "Bearer " + token } } };
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        Tokens.Dispose();
    }
}
