using System.Globalization;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>The journal's feed under load, while servers are killed and started again, and on a node that does not write.</summary>
public sealed class FeedTests
{
    const int Kills = 2;

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task Each_operation_comes_once_in_order_without_a_gap_though_servers_are_killed(StorageEngine engine)
    {
        var random = new Random(TestSeed.Next());
        using var place = await ILedgerPlace.NewAsync(engine);
        await using var steady = await Server.StartAsync(place);
        var server = await Server.StartAsync(place);
        var load = await MixedLoad.PrepareAsync(steady);
        using var stop = new CancellationTokenSource();
        FeedFollower[] followers =
        [
            new(() => server, isGrpc: true),
            new(() => server, isGrpc: false),
            new(() => steady, isGrpc: true),
            new(() => steady, isGrpc: false),
        ];
        var following = Task.WhenAll(followers.Select(follower => Task.Run(() => follower.RunAsync(stop.Token))));
        for (var kill = 0; kill < Kills * TestSeed.Scale; kill++)
        {
            using var pause = new CancellationTokenSource();
            // Only the server that is killed writes in every other round: the steady one follows what it did not write.
            var running = Task.WhenAll(
                load.RunAsync(server, $"feed-{kill}", 12, pause.Token),
                kill % 2 == 0 ? Task.CompletedTask : load.RunAsync(steady, $"steady-{kill}", 6, pause.Token));
            await load.GrowAsync(random.Next(100, 300));
            server.Kill();
            await pause.CancelAsync();
            await running;
            var killed = server;
            server = await Server.StartAsync(place);
            await killed.DisposeAsync();
        }

        await load.LearnAsync(steady);
        var head = int.Parse(
            (await steady.GetAsync("/v1/operations?limit=1")).Json["items"]![0]!["id"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        await Checks.EventuallyAsync(
            () => Task.FromResult(following.IsCompleted || followers.All(follower => follower.Last == head)),
            $"followers at {head}, they are at {string.Join(", ", followers.Select(follower => follower.Last))}");
        await stop.CancelAsync();
        await following;
        Console.WriteLine($"{head} operations, {string.Join(", ", followers.Select(follower => follower.Connections))} connections");
        Assert.All(followers, follower => Assert.Equal((head, followers[0].Hashes[^1]), (follower.Last, follower.Hashes[^1])));
        Assert.True(followers[0].Connections > Kills && followers[1].Connections > Kills, "the feed hardly ever broke");
        await load.AssertKeptAsync(steady);
        await server.DisposeAsync();
    }
}
