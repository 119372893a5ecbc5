using System.Collections.Concurrent;
using Kopeck.Process.Tests.Harness;

namespace Kopeck.Process.Tests;

/// <summary>kill -9 under load.</summary>
public sealed class CrashTests
{
    const int Kills = 20;

    [Fact]
    public async Task Twenty_kills_under_load_lose_nothing_that_was_acknowledged_and_a_retry_has_the_one_effect()
    {
        var random = new Random(TestSeed.Next());
        using var folder = new Folder();
        var acknowledged = new ConcurrentDictionary<string, (string Path, string Body, string Answer)>();
        var unknown = new ConcurrentDictionary<string, (string Path, string Body)>();
        string[] wallets;
        await using (var first = await Server.StartAsync(folder))
        {
            wallets = [await first.OpenWalletAsync("EUR", "100000"), await first.OpenWalletAsync("EUR", "100000"), await first.OpenWalletAsync("JPY", "10000000")];
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(200, (await first.SendAsync(HttpMethod.Put, "/v1/quotes/" + today, """{"JPY":"0.0061"}""", null)).Status);
        }

        for (var kill = 0; kill < Kills * TestSeed.Scale; kill++)
        {
            await using var server = await Server.StartAsync(folder);
            foreach (var (key, sent) in unknown)
            {
                var retry = await server.PostAsync(sent.Path, sent.Body, key);
                Assert.True(retry.Status is 200 or 201, retry.Body);
                acknowledged[key] = (sent.Path, sent.Body, retry.Body);
            }

            unknown.Clear();
            foreach (var (key, sent) in acknowledged.OrderBy(_ => random.Next()).Take(30))
            {
                var replay = await server.PostAsync(sent.Path, sent.Body, key);
                Assert.True(replay.IsReplay, $"{key} was lost: {replay.Body}");
                Assert.Equal(sent.Answer, replay.Body);
            }

            using var stop = new CancellationTokenSource();
            var round = kill;
            var load = Enumerable.Range(0, 16).Select(worker => Task.Run(() => LoadAsync(server, wallets, $"{round}-{worker}", acknowledged, unknown, stop.Token))).ToList();
            var before = acknowledged.Count;
            var wanted = random.Next(50, 400);
            await Checks.EventuallyAsync(() => Task.FromResult(acknowledged.Count - before >= wanted), "load");
            server.Kill();
            await stop.CancelAsync();
            await Task.WhenAll(load);
            Checks.Verify(folder);
        }

        await using var last = await Server.StartAsync(folder);
        foreach (var (key, sent) in unknown)
            acknowledged[key] = (sent.Path, sent.Body, (await last.PostAsync(sent.Path, sent.Body, key)).Body);
        foreach (var (key, sent) in acknowledged)
        {
            var replay = await last.PostAsync(sent.Path, sent.Body, key);
            Assert.True(replay.IsReplay && replay.Body == sent.Answer, $"{key} was lost or changed: {replay.Body}");
        }

        Console.WriteLine($"{acknowledged.Count} requests were acknowledged, none was lost");
        Checks.Verify(folder);
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_finishes_what_it_acknowledges_and_exits_with_0()
    {
        using var folder = new Folder();
        var acknowledged = new ConcurrentDictionary<string, (string Path, string Body, string Answer)>();
        await using (var server = await Server.StartAsync(folder))
        {
            string[] wallets = [await server.OpenWalletAsync("EUR", "100000"), await server.OpenWalletAsync("EUR", "100000"), await server.OpenWalletAsync("EUR", "100000")];
            using var stop = new CancellationTokenSource();
            var load = Enumerable.Range(0, 16).Select(worker => Task.Run(() => LoadAsync(server, wallets, $"stop-{worker}", acknowledged, new(), stop.Token))).ToList();
            await Checks.EventuallyAsync(() => Task.FromResult(acknowledged.Count > 200), "load");
            Assert.Equal(0, await server.StopAsync());
            await stop.CancelAsync();
            await Task.WhenAll(load);
        }

        await using var again = await Server.StartAsync(folder);
        foreach (var (key, sent) in acknowledged)
            Assert.Equal(sent.Answer, (await again.PostAsync(sent.Path, sent.Body, key)).Body);
        Checks.Verify(folder);
    }

    /// <summary>Transfers, converted ones, postings and atomic batches until told to stop, each with a key.</summary>
    static async Task LoadAsync(
        Server server, string[] wallets, string name, ConcurrentDictionary<string, (string, string, string)> acknowledged, ConcurrentDictionary<string, (string, string)> unknown, CancellationToken stop)
    {
        for (var count = 0; !stop.IsCancellationRequested; count++)
        {
            var key = $"{name}-{count}";
            var (path, body) = (count % 5) switch
            {
                0 => ("/v1/postings", $$"""{"legs":[{"from":"{{wallets[0]}}","to":"{{wallets[1]}}","amount":"0.03"},{"from":"{{wallets[1]}}","to":"{{wallets[0]}}","amount":"0.02"}]}"""),
                1 => ("/v1/transfers", $$"""{"from":"{{wallets[1]}}","to":"{{wallets[2]}}","amount":"1"}"""),
                2 => ("/v1/batches", $$"""{"atomic":true,"operations":[{"kind":"deposit","wallet":"{{wallets[0]}}","amount":"1"},{"kind":"withdrawal","wallet":"{{wallets[0]}}","amount":"1"}]}"""),
                _ => ("/v1/transfers", $$"""{"from":"{{wallets[count % 2]}}","to":"{{wallets[1 - count % 2]}}","amount":"0.01"}"""),
            };
            if (await server.TrySendAsync(HttpMethod.Post, path, body, key) is not { } reply)
            {
                unknown[key] = (path, body);
                return;
            }

            Assert.True(reply.Status is 200 or 201 or 503, reply.Body);
            if (reply.Status == 503)
                unknown[key] = (path, body);
            else
                acknowledged[key] = (path, body, reply.Body);
        }
    }
}
