using Kopeck.Testing;

namespace Kopeck.Postgres.Tests.Distribution;

/// <summary>
/// Books on several servers that die and that books move between, under load from two nodes. The long form: KOPECK_TEST_SCALE=15. Only on
/// a cluster: KOPECK_TEST_CITUS.
/// </summary>
public sealed class ClusterTests
{
    const int Books = 8;
    const int Unavailable = 3;

    static CitusCluster Cluster
    {
        get
        {
            Assert.SkipWhen(CitusCluster.Given is null, "needs a cluster: KOPECK_TEST_CITUS");
            return CitusCluster.Given!;
        }
    }

    [Fact]
    public async Task A_dead_worker_stops_its_own_books_and_nothing_else()
    {
        var cluster = Cluster;
        var database = await PostgresServer.GivenOrNewAsync();
        using var place = await PostgresPlace.CreateAsync(database);
        await using var one = await Server.StartAsync(place);
        var (loads, servers) = await OpenAsync(cluster, place, one);
        var dead = servers.Values.First(server => !server.IsCoordinator);
        dead.Kill();
        try
        {
            foreach (var load in loads)
            {
                var reply = await load.TransferAsync(one, "while-dead");
                if (servers[load] == dead)
                    Assert.True(reply is { Status: 503, Code: "storage_unavailable" }, reply.Body);
                else
                    Assert.True(reply.Status == 201, reply.Body);
            }

            Assert.Equal(200, (await one.GetAsync("/health/ready")).Status);
            await using var two = await Server.StartAsync(place);
            var other = loads.First(load => servers[load] != dead);
            Assert.True((await other.TransferAsync(two, "while-dead")).IsReplay);
            var info = Ledgers.Kopeck(place, "db", "info");
            Assert.True(info.ExitCode == 0, info.Errors);
            Assert.Contains(dead.Name, info.Output, StringComparison.Ordinal);
        }
        finally
        {
            await dead.StartAgainAsync();
        }

        foreach (var load in loads)
        {
            await Checks.EventuallyAsync(
                async () => (await load.TransferAsync(one, "while-dead")).Status == 201, $"book {load.Book} to be back");
            load.Dispose();
        }
    }

    [Fact]
    public async Task Kills_and_moves_under_load_lose_and_double_nothing_and_stop_no_other_book()
    {
        var cluster = Cluster;
        var random = new Random(TestSeed.Next());
        var database = await PostgresServer.GivenOrNewAsync();
        using var place = await PostgresPlace.CreateAsync(database);
        await using var one = await Server.StartAsync(place);
        await using var two = await Server.StartAsync(place);
        var (loads, _) = await OpenAsync(cluster, place, one);
        var turns = Enumerable.Repeat(Turn.KillWorker, TestSeed.Times(2, atMost: 30))
            .Concat(Enumerable.Repeat(Turn.KillCoordinator, TestSeed.Times(1, atMost: 10)))
            .Concat(Enumerable.Repeat(Turn.Move, TestSeed.Times(1, atMost: 10)))
            .Concat(Enumerable.Repeat(Turn.MoveToTheDead, TestSeed.Times(1, atMost: 3)))
            .OrderBy(_ => random.Next()).ToList();
        var worst = TimeSpan.Zero;
        for (var turn = 0; turn < turns.Count; turn++)
        {
            using var stop = new CancellationTokenSource();
            var running = Task.WhenAll(loads.Select(load => load.RunAsync([one, two], $"{load.Book}-{turn}", 4, stop.Token)));
            await GrowAsync(loads, 20, running);
            var refused = loads.Sum(load => load.Refusals);
            var servers = await FindAsync(cluster, place, loads);
            foreach (var load in loads)
                load.StartCounting();
            // Who is not hit.
            IReadOnlyList<BookLoad> others = loads;
            switch (turns[turn])
            {
                case Turn.KillWorker:
                    var dead = cluster.Workers.ElementAt(random.Next(cluster.Workers.Count()));
                    others = [.. loads.Where(load => servers[load] != dead)];
                    dead.Kill();
                    await GrowAsync(others, 50, running);
                    worst = Worst(worst, others, turns[turn]);
                    await dead.StartAgainAsync();
                    break;
                case Turn.KillCoordinator:
                    cluster.Coordinator.Kill();
                    await GrowAsync(others, 50, running);
                    worst = Worst(worst, others, turns[turn]);
                    await cluster.Coordinator.StartAgainAsync();
                    break;
                case Turn.Move:
                    var walker = loads[random.Next(Books)];
                    // While it moves, and after.
                    var move = MoveAsync(cluster, place, walker);
                    await VerifyAsync(place, walker.Book);
                    await move;
                    worst = Worst(worst, others, turns[turn]);
                    Assert.Equal(refused, loads.Sum(load => load.Refusals));
                    await VerifyAsync(place, walker.Book);
                    break;
                default:
                    var moved = loads[random.Next(Books)];
                    var target = cluster.Workers.First(worker => worker != servers[moved]);
                    var moving = MoveAsync(cluster, place, moved);
                    await Checks.EventuallyAsync(
                        async () => moving.IsCompleted || await cluster.Coordinator.AskAsync(
                            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT citus_move%' AND state = 'active'") is > 0L,
                        "the move to begin");
                    others = [.. loads.Where(load => servers[load] != target && load != moved)];
                    target.Kill();
                    await Task.WhenAny(moving);
                    Console.WriteLine($"the move to the dead: {moving.Exception?.InnerException?.Message ?? "was done before"}");
                    await GrowAsync(others, 50, running);
                    worst = Worst(worst, others, turns[turn]);
                    await target.StartAgainAsync();
                    break;
            }

            await GrowAsync(loads, 20, running);
            await stop.CancelAsync();
            await running;
            foreach (var load in loads)
                await load.AssertKeptAsync(turn % 2 == 0 ? two : one, random, 3);
        }

        Console.WriteLine(
            $"{loads.Sum(load => load.Acknowledged)} acknowledged, {loads.Sum(load => load.Refusals)} refused and sent again; {string.Join(", ", turns.GroupBy(turn => turn).Select(turn => $"{turn.Count()} {turn.Key}"))}; other books stood still for {worst.TotalMilliseconds:0} ms at most");
        await using var fresh = await Server.StartAsync(place);
        foreach (var load in loads)
        {
            await load.AssertReplaysTogetherAsync(fresh, 40);
            await load.AssertKeptAsync(fresh, random, 20);
            await VerifyAsync(place, load.Book);
            load.Dispose();
        }
    }

    enum Turn
    {
        KillWorker,
        KillCoordinator,
        Move,
        MoveToTheDead,
    }

    static TimeSpan Worst(TimeSpan worst, IReadOnlyList<BookLoad> others, Turn turn)
    {
        var pause = others.Count == 0 ? TimeSpan.Zero : others.Max(load => load.LongestPause);
        Console.WriteLine($"{turn}: {others.Count} other books stood still for {pause.TotalMilliseconds:0} ms at most");
        return pause > worst ? pause : worst;
    }

    static async Task GrowAsync(IReadOnlyList<BookLoad> loads, int count, Task running)
    {
        var wanted = loads.Select(load => (Load: load, Count: load.Acknowledged + count)).ToList();
        await Checks.EventuallyAsync(
            async () =>
            {
                if (running.IsFaulted)
                    await running;
                return wanted.All(each => each.Load.Acknowledged >= each.Count);
            },
            () => string.Join(", ", wanted.Select(each => $"{each.Load.Book} {each.Load.Acknowledged} of {each.Count}")));
    }

    // What cannot be looked at now, as where the machine has too much to do, is looked at again; what is wrong is wrong.
    static Task VerifyAsync(ILedgerPlace place, string book)
    {
        ShellResult? result = null;
        return Checks.EventuallyAsync(
            async () =>
            {
                result = await Task.Run(() => Ledgers.Kopeck(place, "verify", "--book", book));
                Assert.True(result.ExitCode is 0 or Unavailable, result.Output + result.Errors);
                return result.ExitCode == 0;
            },
            () => $"{book} to be verified: {result?.Errors}");
    }

    static async Task MoveAsync(CitusCluster cluster, PostgresPlace place, BookLoad load)
    {
        var from = await cluster.FindAsync(place.Database, load.Book);
        var to = cluster.Workers.First(worker => worker != from);
        await cluster.Coordinator.ExecuteAsync(
            $"SELECT citus_move_shard_placement(get_shard_id_for_distribution_column('books', '{load.Book}'), '{from.Host}', {from.Port}, '{to.Host}', {to.Port})",
            place.Database);
    }

    static async Task<(IReadOnlyList<BookLoad> Loads, Dictionary<BookLoad, CitusServer> Servers)> OpenAsync(
        CitusCluster cluster, PostgresPlace place, Server server)
    {
        var loads = new List<BookLoad>();
        for (var book = 0; book < Books; book++)
            loads.Add(await BookLoad.OpenAsync(server, place, $"book-{book}"));
        return (loads, await FindAsync(cluster, place, loads));
    }

    static async Task<Dictionary<BookLoad, CitusServer>> FindAsync(
        CitusCluster cluster, PostgresPlace place, IReadOnlyList<BookLoad> loads)
    {
        var servers = new Dictionary<BookLoad, CitusServer>();
        foreach (var load in loads)
            servers.Add(load, await cluster.FindAsync(place.Database, load.Book));
        return servers;
    }
}
