using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Kopeck.Ledger.Commands;
using Kopeck.Server.Hosting;
using Kopeck.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Kopeck.Server.Tests;

/// <summary>Each request has its line and its id, security events stand apart, and nothing secret or personal is told.</summary>
public sealed class RequestLogTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    static readonly string[] Told = ["protocol", "call", "status", "code", "key", "book", "replay"];

    readonly HttpClient client = new();
    readonly KeptLog log = new();
    WebApplication? logged;

    public async ValueTask InitializeAsync()
    {
        logged = await StartAsync(server.Options with { Metrics = new ServerMetrics() });
        client.BaseAddress = new Uri(logged.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await logged!.DisposeAsync();
    }

    [Fact]
    public async Task A_request_has_one_line_with_who_what_and_how_it_ended()
    {
        var key = Guid.CreateVersion7().ToString();
        var body = server.Main.Fill("""{"wallet": "$wallet", "amount": "1"}""");
        (await SendAsync("POST", "/v1/deposits", body, server.Main.Key, key)).MustBe(201);
        (await SendAsync("POST", "/v1/deposits", body, server.Main.Key, key)).MustBe(201);
        (await SendAsync("POST", "/v1/deposits", server.Main.Fill("""{"wallet": "$closed", "amount": "1"}"""), server.Main.Key))
            .MustBe(422, "account_closed");
        (await SendAsync("GET", "/v1/nowhere?secret=1", null, server.Main.Key)).MustBe(404, "route_not_found");
        var lines = Of(RequestLog.Category);
        Assert.Equal(
            [
                "http POST /v1/deposits 201 ok admin main False", "http POST /v1/deposits 201 ok admin main True",
                "http POST /v1/deposits 422 account_closed admin main False", "http - 404 route_not_found admin main False",
            ],
            lines.Select(
                line => string.Join(
                    ' ',
                    Told.Select(name => Value(line.Values, name)))));
        Assert.All(lines, line => Assert.NotEmpty(Value(line.Values, "requestId")));
    }

    [Fact]
    public async Task A_request_id_comes_back_in_headers_problems_and_lines()
    {
        var own = await SendAsync(
            "GET", "/v1/wallets/0", null, server.Main.Key, change: headers => headers.Add("X-Request-Id", "order-81.a"));
        Assert.Equal(("order-81.a", "order-81.a"), (own.MustBe(404, "not_found").Headers["X-Request-Id"], own["requestId"]));
        var traced = await SendAsync("GET", "/v1/book", null, server.Main.Key, change: headers => headers.Add("traceparent", Trace));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", traced.MustBe(200).Headers["X-Request-Id"]);
        var strange = await SendAsync(
            "GET", "/v1/book", null, server.Main.Key, change: headers => headers.TryAddWithoutValidation("X-Request-Id", "a b\"<script>"));
        Assert.Matches("^[0-9a-f]{32}$", strange.MustBe(200).Headers["X-Request-Id"]);
        Assert.Equal(
            ["order-81.a", "0af7651916cd43dd8448eb211c80319c", strange.Headers["X-Request-Id"]],
            Of(RequestLog.Category).Select(line => Value(line.Values, "requestId")));
    }

    [Fact]
    public async Task Security_events_stand_apart_and_name_no_secret()
    {
        var guess = "kopeck_" + new string('g', 43);
        (await SendAsync("GET", "/v1/book", null, guess)).MustBe(401, "unauthorized");
        var reader = await server.MakeKeyAsync(server.BookOf(server.Main.Key), server.NextName("logged"), Scopes.Read);
        (await SendAsync("POST", "/v1/accounts", """{"code": "x", "currency": "EUR"}""", reader)).MustBe(403, "forbidden");
        var name = server.NextName("made");
        var made = (await SendAsync("POST", "/v1/keys", $$"""{"name": "{{name}}", "scopes": ["read"]}""", server.Main.Key)).MustBe(201);
        var turned = (await SendAsync("POST", $"/v1/keys/{name}/rotate", "{}", server.Main.Key)).MustBe(200);
        (await SendAsync("PATCH", $"/v1/keys/{name}", """{"rateLimit": 7}""", server.Main.Key)).MustBe(200);
        (await SendAsync("DELETE", $"/v1/keys/{name}", null, server.Main.Key)).MustBe(200);
        var opened = (await SendAsync("POST", "/v1/books", $$"""{"name": "{{server.NextName("logged")}}"}""", server.OperatorKey)).MustBe(201);
        var person = (await SendAsync(
            "POST", "/v1/customers", """{"name": "Zebulon Quagga", "country": "DE", "city": "Xanten", "currency": "EUR"}""", server.Main.Key))
            .MustBe(201);
        (await SendAsync("GET", $"/v1/customers/{person["id"]}/statement", null, server.Main.Key)).MustBe(200);
        (await SendAsync("GET", "/v1/customers?name=Zebulon", null, server.Main.Key)).MustBe(200);
        (await SendAsync("DELETE", $"/v1/customers/{person["id"]}/personal-data", null, server.Main.Key)).MustBe(200);
        // The line of a file comes after its last byte.
        await Eventually.TrueAsync(() => Of(SecurityLog.Category).Count >= 9);
        Assert.Equal(
            [310, 311, 313, 314, 315, 316, 317, 318, 319],
            Of(SecurityLog.Category).Select(line => line.Event).Order());
        string[] secrets =
        [
            guess, server.Main.Key, server.OperatorKey, reader, made["key"], turned["key"], opened["key"], "Zebulon", "Quagga", "Xanten",
        ];
        Assert.All(log.Lines, line =>
        {
            var all = $"{line.Text} {string.Join(' ', line.Values.Values)}";
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase));
        });
    }

    [Fact]
    public async Task Guesses_are_told_so_many_a_second_and_then_counted()
    {
        for (var guess = 0; guess < 200; guess++)
            (await SendAsync("GET", "/v1/book", null, null)).MustBe(401, "unauthorized");
        var told = Of(SecurityLog.Category).Count(line => line.Event == 310);
        Assert.InRange(told, 20, 199);
        Assert.Equal(200, Of(RequestLog.Category).Count);
    }

    [Fact]
    public async Task Lines_can_be_switched_off()
    {
        await using var quiet = await StartAsync(server.Options with { LogRequests = false });
        using var other = new HttpClient { BaseAddress = new Uri(quiet.Urls.First()) };
        using var answer = await other.GetAsync(new Uri("/v1/book", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Empty(Of(RequestLog.Category));
        Assert.Single(Of(SecurityLog.Category));
    }

    static string Value(IReadOnlyDictionary<string, object?> values, string name) => Convert.ToString(
        values.First(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value, CultureInfo.InvariantCulture)!;

    List<(string Category, int Event, string Text, IReadOnlyDictionary<string, object?> Values)> Of(string category) =>
        [.. log.Lines.Where(line => line.Category == category)];

    async Task<WebApplication> StartAsync(ServerOptions options)
    {
        var app = KopeckServer.Build(
            server.Engine, server.Keys, options, TimeProvider.System,
            logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    async Task<Reply> SendAsync(
        string method, string path, string? body, string? key, string? idempotencyKey = null, Action<HttpRequestHeaders>? change = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (method != "GET")
            request.Headers.Add("Idempotency-Key", idempotencyKey ?? Guid.CreateVersion7().ToString());
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        change?.Invoke(request.Headers);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response, TestContext.Current.CancellationToken);
    }
}
