using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>kill -9 of a node and immediate stops of PostgreSQL under load from two nodes. The long form: KOPECK_TEST_SCALE=34.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task Kills_of_nodes_and_of_the_database_under_load_lose_and_double_nothing()
    {
        var random = new Random(TestSeed.Next());
        await using var database = await PostgresServer.GivenOrNewAsync();
        using var place = await PostgresPlace.CreateAsync(database);
        var one = await Server.StartAsync(place);
        var two = await Server.StartAsync(place);
        var first = await MixedLoad.PrepareAsync(one);
        var second = await MixedLoad.PrepareAsync(two);
        var keyless = new KeylessLoad("Killed");

        var kills = TestSeed.Times(3, atMost: 100);
        var stops = TestSeed.Times(1, atMost: 30);
        var turns = Enumerable.Repeat(true, kills).Concat(Enumerable.Repeat(false, stops)).OrderBy(_ => random.Next()).ToList();
        for (var turn = 0; turn < turns.Count; turn++)
        {
            using var stop = new CancellationTokenSource();
            var running = Task.WhenAll(
                first.RunAsync(one, $"one-{turn}", 12, stop.Token), second.RunAsync(two, $"two-{turn}", 12, stop.Token),
                keyless.RunAsync(one, 2, stop.Token), keyless.RunAsync(two, 2, stop.Token));
            await Task.WhenAll(first.GrowAsync(random.Next(20, 200)), second.GrowAsync(random.Next(20, 100)));
            if (turns[turn])
            {
                // The other node goes on beside the one that is killed.
                one.Kill();
                await second.GrowAsync(30);
            }
            else
            {
                database.Kill();
                var before = first.Refusals;
                await Checks.EventuallyAsync(() => Task.FromResult(first.Refusals > before), "a 503 while the database is away");
                Assert.Equal(503, (await one.GetAsync("/health/ready")).Status);
                await database.StartAgainAsync();
                await Task.WhenAll(first.GrowAsync(10), second.GrowAsync(10));
                Assert.Equal(200, (await one.GetAsync("/health/ready")).Status);
            }

            await stop.CancelAsync();
            await running;
            if (turns[turn])
            {
                await one.DisposeAsync();
                (one, two) = (two, await Server.StartAsync(place));
                (first, second) = (second, first);
            }

            await first.LearnAsync(one);
            await second.LearnAsync(two);
            await first.AssertReplaysAsync(two, random, 10);
        }

        Console.WriteLine(
            $"{first.Acknowledged + second.Acknowledged} requests and {keyless.Acknowledged} without a key acknowledged over {kills} kills and {stops} stops of the database; {keyless.Unknown} without a key unknown");
        await first.AssertKeptAsync(two);
        await second.AssertKeptAsync(one);
        await keyless.AssertTruthfulAsync(one);
        await first.AssertReplaysAsync(two, random, 200);
        await one.DisposeAsync();
        await two.DisposeAsync();
        Ledgers.Verify(place);
    }
}
