using System.Globalization;
using System.Text.Json.Nodes;
using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>
/// Money moves between a few wallets through two nodes while readers add it up. The long form, 200,000 transfers that were accepted:
/// KOPECK_TEST_SCALE=100.
/// </summary>
public sealed class BankTests
{
    const int Wallets = 8;
    const int Clients = 64;
    const decimal Deposit = 100;
    const decimal Total = Wallets * Deposit;

    [Fact]
    public async Task Nobody_ever_sees_a_wrong_total_a_negative_wallet_or_misses_what_he_wrote_himself()
    {
        var seed = TestSeed.Next();
        using var place = await PostgresPlace.CreateAsync();
        await using var one = await Server.StartAsync(place);
        await using var two = await Server.StartAsync(place);
        Server[] nodes = [one, two];
        var wallets = await Task.WhenAll(
            Enumerable.Range(0, Wallets).Select(_ => one.OpenWalletAsync("EUR", Deposit.ToString(CultureInfo.InvariantCulture))));
        var wanted = TestSeed.Times(2_000, atMost: 200_000);
        var accepted = 0;
        var refused = 0;
        // All that was there before the first transfer.
        var head = Number((await one.GetAsync("/v1/wallets/" + wallets[0])).Json, "asOf");
        using var stop = new CancellationTokenSource();

        async Task TransferAsync(int client)
        {
            var random = new Random(seed + client);
            for (var turn = 0; Volatile.Read(ref accepted) < wanted; turn++)
            {
                var from = random.Next(Wallets);
                var to = (from + 1 + random.Next(Wallets - 1)) % Wallets;
                var reply = await nodes[client % 2].PostAsync("/v1/transfers", $$"""{"from":"{{wallets[from]}}","to":"{{wallets[to]}}","amount":"{{random.Next(1, 60)}}"}""", $"bank-{client}-{turn}");
                if (reply.Status != 201)
                {
                    Assert.True(reply.Code == "insufficient_funds", reply.Body);
                    Interlocked.Increment(ref refused);
                    continue;
                }

                Interlocked.Increment(ref accepted);
                Assert.All(reply.Json["entries"]!.AsArray(), entry => Assert.True(Amount(entry!, "balance") >= 0, reply.Body));
                var number = Number(reply.Json, "id");
                Raise(ref head, number);
                if (turn % 4 != 0)
                    continue;
                // What he wrote himself is in what he reads next, also on the other node: as of the number, exactly; as of now, no older.
                var node = nodes[(client + turn / 4) % 2];
                var now = await node.GetAsync("/v1/wallets/" + wallets[to]);
                Assert.True(Number(now.Json, "asOf") >= number && Amount(now.Json, "posted") >= 0, now.Body);
                var then = await node.GetAsync($"/v1/wallets/{wallets[to]}?at={number}");
                Assert.Equal(
                    Amount(
                        reply.Json["entries"]!.AsArray().Single(entry => entry!["account"]!.GetValue<string>() == wallets[to])!, "balance"),
                    Amount(then.Json, "posted"));
            }
        }

        async Task<int> AddUpAsync(Server node)
        {
            var count = 0;
            for (; !stop.IsCancellationRequested; count++)
            {
                var at = Interlocked.Read(ref head);
                var then = await Task.WhenAll(wallets.Select(wallet => node.GetAsync($"/v1/wallets/{wallet}?at={at}")));
                AssertTotal(then.Select(reply => reply.Json), $"as of {at}");

                var now = await node.GetAsync("/v1/accounts?kind=wallet&limit=1000");
                var items = now.Json["items"]!.AsArray();
                Assert.Single(items.Select(item => Number(item!, "asOf")).Distinct());
                Assert.True(Number(items[0]!, "asOf") >= at, now.Body);
                AssertTotal(items.Select(item => item!), now.Body);
            }

            return count;
        }

        var adding = nodes.SelectMany(node => new[] { AddUpAsync(node), AddUpAsync(node) }).ToList();
        var transferring = Task.WhenAll(Enumerable.Range(0, Clients).Select(TransferAsync));
        await Task.WhenAny([transferring, .. adding]);
        await transferring;
        await stop.CancelAsync();
        var counts = await Task.WhenAll(adding);
        Console.WriteLine($"{accepted} transfers, {refused} refused for want of funds, totals read {string.Join(" + ", counts)} times");
        Assert.True(accepted >= wanted, $"{accepted} transfers");
        Assert.All(counts, count => Assert.True(count > 0, "a reader added nothing up"));
        Assert.True(refused > 0, "no wallet was ever empty");
        var journal = await Journal.ReadAsync(two);
        journal.AssertLaws();
        foreach (var wallet in wallets)
            Assert.Equal(journal.BalanceOf(wallet), decimal.Parse(await one.PostedAsync(wallet), CultureInfo.InvariantCulture));
        Ledgers.Verify(place);
    }

    static void AssertTotal(IEnumerable<JsonNode> accounts, string what)
    {
        var balances = accounts.Select(account => Amount(account, "posted")).ToList();
        Assert.Equal(Wallets, balances.Count);
        Assert.All(balances, balance => Assert.True(balance >= 0, what));
        Assert.True(balances.Sum() == Total, $"{balances.Sum()}, not {Total}: {what}");
    }

    static decimal Amount(JsonNode json, string name) => decimal.Parse(json[name]!.GetValue<string>(), CultureInfo.InvariantCulture);

    static long Number(JsonNode json, string name) => long.Parse(json[name]!.GetValue<string>(), CultureInfo.InvariantCulture);

    static void Raise(ref long target, long value)
    {
        for (var seen = Interlocked.Read(ref target); seen < value; seen = Interlocked.Read(ref target))
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen)
                return;
        }
    }
}
