using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>kill -9 and SIGTERM under load.</summary>
public sealed class CrashTests
{
    const int Kills = 4;

    [Fact]
    public async Task Kills_under_load_lose_nothing_that_was_acknowledged_and_a_retry_has_the_one_effect()
    {
        var random = new Random(TestSeed.Next());
        using var folder = new Folder();
        MixedLoad load;
        await using (var first = await Server.StartAsync(folder))
            load = await MixedLoad.PrepareAsync(first);

        for (var kill = 0; kill < Kills * TestSeed.Scale; kill++)
        {
            await using var server = await Server.StartAsync(folder);
            await load.AssertKeptAsync(server);
            await load.LearnAsync(server);
            await load.AssertReplaysAsync(server, random, 20);

            // Each fourth time another server goes on beside the one that is killed, and takes up its half-written log.
            await using var other = kill % 4 == 3 ? await Server.StartAsync(folder) : null;
            using var stop = new CancellationTokenSource();
            var running = load.RunAsync(server, $"kill-{kill}", 16, stop.Token);
            var runningOther = other is null ? Task.CompletedTask : load.RunAsync(other, $"other-{kill}", 8, stop.Token);
            await load.GrowAsync(random.Next(50, 400));
            server.Kill();
            if (other is not null)
                await load.GrowAsync(50);
            await stop.CancelAsync();
            await Task.WhenAll(running, runningOther);
            Ledgers.Verify(folder);
        }

        await using var last = await Server.StartAsync(folder);
        await load.AssertKeptAsync(last);
        await load.LearnAsync(last);
        await load.AssertKeptAsync(last);
        await load.AssertReplaysAsync(last, random, 2_000);
        Console.WriteLine($"{load.Acknowledged} requests were acknowledged, none was lost");
        Ledgers.Verify(folder);
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_finishes_what_it_acknowledges_and_exits_with_0()
    {
        using var folder = new Folder();
        MixedLoad load;
        await using (var server = await Server.StartAsync(folder))
        {
            load = await MixedLoad.PrepareAsync(server);
            using var stop = new CancellationTokenSource();
            var running = load.RunAsync(server, "stop", 32, stop.Token);
            await load.GrowAsync(300);
            Assert.Equal(0, await server.StopAsync());
            await stop.CancelAsync();
            await running.WaitAsync(TimeSpan.FromSeconds(30));
        }

        await using var again = await Server.StartAsync(folder);
        await load.AssertKeptAsync(again);
        await load.LearnAsync(again);
        await load.AssertKeptAsync(again);
        Ledgers.Verify(folder);
    }
}
