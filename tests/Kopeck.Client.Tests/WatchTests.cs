using System.Globalization;
using Kopeck.Testing;
using Kopeck.V1;

namespace Kopeck.Client.Tests;

/// <summary>
/// The journal's feed through the client while two nodes write one book: each operation once, in order, without a gap, whatever happens to
/// a node.
/// </summary>
public sealed class WatchTests
{
    const int Kills = 3;
    const int BetweenKills = 500;
    const int AtOnce = 3;

    public static TheoryData<StorageEngine> Engines { get; } = new(Enum.GetValues<StorageEngine>());

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Two_nodes_under_load_that_are_killed_in_turn_are_followed_without_a_gap(StorageEngine engine)
    {
        using var place = await ILedgerPlace.NewAsync(engine);
        var nodes = new[] { await Server.StartAsync(place), await Server.StartAsync(place) };
        await using var first = new Relay(nodes[0].Grpc);
        await using var second = new Relay(nodes[1].Grpc);
        var relays = new[] { first, second };
        using var one = Connect(first, nodes[0]);
        using var two = Connect(second, nodes[1]);
        var clients = new[] { one, two };
        var wallet = (
            await one.RegisterCustomerAsync(
                new() { Name = "Ada Lovelace", Country = "GB", City = "London", Currency = "EUR" })).Wallets[0].Id;
        using var over = new CancellationTokenSource();
        using var enough = new CancellationTokenSource();
        var feeds = clients.Select(client => new Feed(client, over.Token)).ToList();
        var loads = clients.Select(client => Task.Run(() => LoadAsync(client, wallet, enough.Token))).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            await GrowAsync(feeds, loads);
            var victim = kill % 2;
            nodes[victim].Kill();
            await nodes[victim].DisposeAsync();
            // Its readers and writers go on at the other node, and come back with the next kill.
            relays[victim].Target = nodes[1 - victim].Grpc;
            await GrowAsync(feeds, loads);
            nodes[victim] = await Server.StartAsync(place);
            relays[victim].Target = nodes[victim].Grpc;
            relays[victim].Cut();
        }

        await GrowAsync(feeds, loads);
        await enough.CancelAsync();
        var done = (await Task.WhenAll(loads)).Sum();
        var last = await one.DepositAsync(wallet, Money.Of(1m, "EUR"));
        await Checks.EventuallyAsync(() => Task.FromResult(feeds.All(feed => feed.Count >= Number(last))), "the journal's end to be seen");
        await over.CancelAsync();
        foreach (var feed in feeds)
            await feed.EndAsync();
        Assert.Equal(Enumerable.Range(1, (int)Number(last)).Select(number => (long)number), feeds[0].Seen.Select(Number));
        Assert.Equal(feeds[0].Seen, feeds[1].Seen);
        Assert.Equal(last, feeds[0].Seen[^1]);
        Assert.Equal(done + 1, feeds[0].Seen.Count(operation => operation.Kind == OperationKind.Deposit));
        Assert.Equal(done + 1, (await two.GetWalletAsync(wallet)).Posted.ToDecimal());
        foreach (var node in nodes)
            await node.DisposeAsync();
        Ledgers.Verify(place);
    }

    static KopeckClient Connect(Relay relay, Server server) =>
        new(
            new KopeckClientOptions
            {
                Address = relay.Address,
                Key = server.Key,
                Retries = 10_000,
                RetryDelay = TimeSpan.FromMilliseconds(5),
                MaxRetryDelay = TimeSpan.FromMilliseconds(50)
            });

    /// <summary>Waits until each feed has so many more, and a load that broke breaks the test.</summary>
    static async Task GrowAsync(List<Feed> feeds, List<Task<int>> loads)
    {
        var wanted = feeds.Max(feed => feed.Count) + BetweenKills;
        await Checks.EventuallyAsync(
            async () =>
            {
                foreach (var broken in loads.Where(load => load.IsCompleted))
                    await broken;
                return feeds.All(feed => feed.Count >= wanted);
            },
            $"{wanted} operations in each feed");
    }

    /// <summary>
    /// Bulk until it is enough, a few at a time, which is as much as a kill needs to find something under way; how many were done.
    /// </summary>
    static async Task<int> LoadAsync(KopeckClient client, string wallet, CancellationToken enough)
    {
        async IAsyncEnumerable<Item> Deposits()
        {
            while (!enough.IsCancellationRequested)
            {
                for (var item = 0; item < AtOnce; item++)
                    yield return new Item { Deposit = new Deposit { Wallet = wallet, Amount = Money.Of(1m, "EUR") } };
                await Task.Delay(1, CancellationToken.None);
            }
        }

        var done = 0;
        await foreach (var outcome in client.SubmitAsync(Deposits(), CancellationToken.None))
        {
            Assert.True(outcome.Operation is not null, $"{outcome.Error}");
            done++;
        }

        return done;
    }

    static long Number(Operation operation) => long.Parse(operation.Id, CultureInfo.InvariantCulture);

    /// <summary>A reader of the journal from its first operation on.</summary>
    sealed class Feed
    {
        readonly List<Operation> seen = [];
        readonly Task reading;
        volatile int count;

        public Feed(KopeckClient client, CancellationToken over) => reading = Task.Run(
            async () =>
            {
                await foreach (var operation in client.WatchAsync(0, over))
                {
                    seen.Add(operation);
                    count = seen.Count;
                }
            },
            CancellationToken.None);

        public int Count => count;

        /// <summary>After its end.</summary>
        public IReadOnlyList<Operation> Seen => seen;

        public async Task EndAsync() => await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }
}
