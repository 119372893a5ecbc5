using System.Diagnostics;
using System.Text.Json;
using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>Readers who go away in the middle hold up nobody else: a browser's tab, a client's time-out, a balancer's probe.</summary>
public sealed class LeavingReaderTests
{
    const int Operations = 10_000;
    const int PauseMs = 20;

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Time = TimeSpan.FromSeconds(TestSeed.Times(3, atMost: 6));

    [Theory]
    [InlineData("lists")]
    [InlineData("statements")]
    [InlineData("feed")]
    [InlineData("watch")]
    public async Task Readers_who_go_away_stop_nobody(string kind)
    {
        using var place = await PostgresPlace.CreateAsync();
        await using var server = await Server.StartAsync(place, log: "warning");
        var wallet = await server.OpenWalletAsync("EUR", "1");
        var items = Enumerable.Range(0, Operations)
            .Select(
                item => new { kind = "deposit", wallet, amount = "1", description = $"a deposit with some words to read, number {item}" });
        var filled = await server.PostAsync("/v1/batches", JsonSerializer.Serialize(new { operations = items }), "fill");
        Assert.Equal(200, filled.Status);
        using var over = new CancellationTokenSource();
        var leaving = LeaveAsync(server, wallet, kind, over.Token);
        var live = WatchAsync(async _ => await server.GetAsync("/health/live"), over.Token);
        var written = WatchAsync(async number => await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", $"{kind}-{number}"), over.Token);
        await Task.Delay(Time, TestContext.Current.CancellationToken);
        await over.CancelAsync();
        var left = await leaving;
        Assert.True(left > Time.TotalSeconds * 5, $"only {left} readers left");
        foreach (var (name, longest, count) in new[] { await Named("live", live), await Named("deposits", written) })
            Assert.True(longest < Longest && count > 10, $"{name}: one of {count} took {longest} while {left} readers left");
    }

    static async Task<(string Name, TimeSpan Longest, int Count)> Named(string name, Task<(TimeSpan Longest, int Count)> seen) =>
        (name, (await seen).Longest, (await seen).Count);

    static async Task<int> LeaveAsync(Server server, string wallet, string kind, CancellationToken over)
    {
        var left = 0;
        var leaving = new List<Task>();
        while (!over.IsCancellationRequested)
        {
            // Gone at once, in the middle of the query, in the middle of the answer.
            var afterMs = left++ % 8 * 4;
            leaving.Add(kind switch
            {
                "lists" => LeavingReader.GetAsync(server.Http, server.Key, "/v1/operations?limit=1000", afterMs),
                "statements" => LeavingReader.GetAsync(server.Http, server.Key, $"/v1/wallets/{wallet}/statement?format=json", afterMs),
                "feed" => LeavingReader.GetAsync(server.Http, server.Key, "/v1/journal?after=0", afterMs),
                _ => LeavingReader.WatchAsync(server.Grpc, server.Key, afterMs),
            });
            await Task.Delay(PauseMs, CancellationToken.None);
        }

        await Task.WhenAll(leaving);
        return left;
    }

    /// <summary>Asks one after the other; how long the longest took, and how many there were.</summary>
    static async Task<(TimeSpan Longest, int Count)> WatchAsync(Func<int, Task<Reply>> ask, CancellationToken over)
    {
        var longest = TimeSpan.Zero;
        var count = 0;
        while (!over.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            var reply = await ask(count++);
            var took = Stopwatch.GetElapsedTime(began);
            Assert.True(reply.Status is 200 or 201, reply.Body);
            longest = took > longest ? took : longest;
            await Task.Delay(PauseMs, CancellationToken.None);
        }

        return (longest, count);
    }
}
