using System.Globalization;
using System.Net.Http.Headers;
using Kopeck.Ledger.Commands;
using Kopeck.Server.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Kopeck.Server.Tests;

/// <summary>A server with <c>KOPECK_RATE_LIMIT</c>: who asks too often is told so, and nobody else is.</summary>
public sealed class RateLimitTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    const int Limit = 5;
    const int Flood = 40 * Limit;

    readonly HttpClient client = new();
    readonly RateLimits limits = new(Limit);
    WebApplication? limited;

    public async ValueTask InitializeAsync()
    {
        limited = server.BuildAnother(server.Options with { Limits = limits });
        await limited.StartAsync(TestContext.Current.CancellationToken);
        client.BaseAddress = new Uri(limited.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await limited!.DisposeAsync();
        limits.Dispose();
    }

    [Fact]
    public async Task A_key_that_asks_too_often_is_told_to_wait_and_another_key_is_not()
    {
        var book = server.BookOf(server.Main.Key);
        var eager = await server.MakeKeyAsync(book, server.NextName("eager"), Scopes.Read);
        var calm = await server.MakeKeyAsync(book, server.NextName("calm"), Scopes.Read);
        var replies = await Task.WhenAll(Enumerable.Range(0, Flood).Select(_ => GetAsync(eager)));
        Assert.True(replies.Count(reply => reply.Status == 200) >= Limit);
        var refused = replies.First(reply => reply.Status != 200).MustBe(429, "rate_limited");
        Assert.Equal("1", refused.Headers["Retry-After"]);
        Assert.DoesNotContain(eager, refused.Text, StringComparison.Ordinal);
        (await GetAsync(calm)).MustBe(200);
        await EventuallyAsync(async () => (await GetAsync(eager)).Status == 200);
    }

    [Fact]
    public async Task An_address_that_guesses_is_told_to_wait()
    {
        var guesses = await FloodAsync();
        Assert.True(guesses.Count(reply => reply.Status == 401) >= Limit);
        Assert.Equal("1", guesses.First(reply => reply.Status != 401).MustBe(429, "rate_limited").Headers["Retry-After"]);
        await EventuallyAsync(async () => (await GetAsync(null)).Status == 401);
    }

    [Fact]
    public async Task Who_has_a_key_goes_on_while_his_address_is_refused() =>
        await EventuallyAsync(async () =>
        {
            // A key that was just used; on a machine so slow that it is forgotten meanwhile, once more.
            var key = await server.MakeKeyAsync(server.BookOf(server.Main.Key), server.NextName("neighbour"), Scopes.Read);
            if ((await GetAsync(key)).Status != 200)
                return false;
            await FloodAsync();
            return (await GetAsync(key)).Status == 200 && (await GetAsync("kopeck_" + new string('x', 43))).Status == 429;
        });

    [Fact]
    public async Task A_key_that_was_never_used_gets_through_from_an_address_that_guesses()
    {
        var key = await server.MakeKeyAsync(server.BookOf(server.Main.Key), server.NextName("fresh"), Scopes.Read);
        var guesses = await FloodAsync();
        Assert.Contains(guesses, reply => reply.Status == 429);
        (await GetAsync(key)).MustBe(200);
    }

    [Fact]
    public async Task A_large_batch_counts_as_more_than_one_request()
    {
        var key = await server.MakeKeyAsync(server.BookOf(server.Main.Key), server.NextName("bulk"), Scopes.Cash);
        var item = server.Main.Fill("""{"kind": "deposit", "wallet": "$wallet", "amount": "1"}""");
        var body = $$"""{"operations": [{{string.Join(',', Enumerable.Repeat(item, 100 * Limit))}}]}""";
        var statuses = new List<int>();
        for (var turn = 0; turn < 3; turn++)
            statuses.Add((await PostAsync(key, body)).Status);
        // Each takes all that a second gives, and one more.
        Assert.Contains(429, statuses);
        await EventuallyAsync(async () => (await PostAsync(key, body)).Status == 429 || (await GetAsync(key)).Status == 403);
    }

    [Fact]
    public async Task What_needs_no_key_has_no_limit()
    {
        for (var turn = 0; turn < 3 * Limit; turn++)
        {
            using var reply = await client.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)reply.StatusCode);
        }
    }

    Task<Reply[]> FloodAsync() =>
        Task.WhenAll(
            Enumerable.Range(0, Flood).Select(guess => GetAsync(string.Create(CultureInfo.InvariantCulture, $"kopeck_{guess:D43}"))));

    async Task<Reply> GetAsync(string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/currencies");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response, TestContext.Current.CancellationToken);
    }

    async Task<Reply> PostAsync(string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batches");
        request.Content = new StringContent(body, null, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response, TestContext.Current.CancellationToken);
    }

    static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await holds())
            await timer.WaitForNextTickAsync(patience.Token);
    }
}
