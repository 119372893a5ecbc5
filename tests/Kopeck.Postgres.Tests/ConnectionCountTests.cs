using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>A server of PostgreSQL takes 100 connections as it is delivered: two nodes and a tool have to fit.</summary>
public sealed class ConnectionCountTests
{
    const int Clients = 300;
    const int Most = 44;

    [Fact]
    public async Task A_node_opens_few_connections_however_many_ask_at_once()
    {
        using var place = await PostgresPlace.CreateAsync();
        await using var server = await Server.StartAsync(place);
        var wallet = await server.OpenWalletAsync("EUR", "1000");
        var replies = await Task.WhenAll(Enumerable.Range(0, Clients).SelectMany(client => new[]
        {
            server.GetAsync("/v1/accounts?limit=1000"),
            server.GetAsync("/v1/wallets/" + wallet),
            server.PostAsync("/v1/withdrawals", $$"""{"wallet":"{{wallet}}","amount":"0.01"}""", $"count-{client}"),
        }));
        Assert.All(replies, reply => Assert.True(reply.Status is 200 or 201, reply.Body));
        var open = (long)(
            await (await PostgresServer.SharedAsync())
                .AskAsync($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{place.Database}' AND application_name = 'kopeck'"))!;
        Console.WriteLine($"{open} connections");
        Assert.InRange(open, 1, Most);
    }
}
