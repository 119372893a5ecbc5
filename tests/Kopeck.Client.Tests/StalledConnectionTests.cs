using System.Globalization;
using Kopeck.Testing;
using Kopeck.V1;

namespace Kopeck.Client.Tests;

/// <summary>
/// Connections over which nothing comes any more though nobody ended them: a network that was unplugged, a firewall that forgot.
/// </summary>
public sealed class StalledConnectionTests
{
    [Fact]
    public async Task What_waits_on_a_connection_that_fell_silent_goes_on_over_another_one()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        await using var relay = new Relay(server.Grpc);
        using var client = Connect(relay, server);
        using var direct = new KopeckClient(server.Grpc.ToString(), server.Key);
        var wallet = (
            await client.RegisterCustomerAsync(
                new() { Name = "Ada Lovelace", Country = "GB", City = "London", Currency = "EUR" })).Wallets[0].Id;
        using var over = new CancellationTokenSource();
        var seen = new List<long>();
        var count = 0;
        var following = Task.Run(async () =>
        {
            await foreach (var operation in client.WatchAsync(0, over.Token))
            {
                seen.Add(long.Parse(operation.Id, CultureInfo.InvariantCulture));
                Volatile.Write(ref count, seen.Count);
            }
        });
        long last = 0;
        for (var stall = 0; stall < 2; stall++)
        {
            last = await DepositAsync(direct, wallet);
            await Checks.EventuallyAsync(() => Task.FromResult(Volatile.Read(ref count) >= last), "the journal's end to be seen");
            await relay.StallAsync();
            last = await DepositAsync(client, wallet);
        }

        await Checks.EventuallyAsync(() => Task.FromResult(Volatile.Read(ref count) >= last), "the journal's end to be seen");
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Equal(Enumerable.Range(1, (int)last).Select(number => (long)number), seen);
        Assert.Equal(4m, (await direct.GetWalletAsync(wallet)).Posted.ToDecimal());
    }

    [Fact]
    public async Task Bulk_goes_on_though_its_connection_falls_silent()
    {
        const int Many = 4_000;
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        await using var relay = new Relay(server.Grpc);
        using var client = Connect(relay, server);
        var wallet = (
            await client.RegisterCustomerAsync(
                new() { Name = "Ada Lovelace", Country = "GB", City = "London", Currency = "EUR" })).Wallets[0].Id;
        async IAsyncEnumerable<Item> Deposits()
        {
            for (var place = 0; place < Many; place++)
            {
                if (place == Many / 2)
                    await relay.StallAsync();
                yield return new Item
                {
                    Deposit = new Deposit { Wallet = wallet, Amount = Money.Of(1m, "EUR"), Description = $"bulk {place}" }
                };
            }
        }

        var outcomes = await client.SubmitAsync(Deposits()).ToListAsync();
        Assert.Equal(Enumerable.Range(0, Many).Select(place => $"bulk {place}"), outcomes.Select(outcome => outcome.Operation.Description));
        Assert.Equal(Many, (await client.GetWalletAsync(wallet)).Posted.ToDecimal());
    }

    static KopeckClient Connect(Relay relay, Server server) =>
        new(
            new KopeckClientOptions
            {
                Address = relay.Address,
                Key = server.Key,
                KeepAliveDelay = TimeSpan.FromSeconds(1),
                KeepAliveTimeout = TimeSpan.FromSeconds(1),
                RetryDelay = TimeSpan.FromMilliseconds(5)
            });

    static async Task<long> DepositAsync(KopeckClient client, string wallet) =>
        long.Parse((await client.DepositAsync(wallet, Money.Of(1m, "EUR"))).Id, CultureInfo.InvariantCulture);
}
