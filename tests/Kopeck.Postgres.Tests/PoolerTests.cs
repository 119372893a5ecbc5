using System.Globalization;
using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>A real PgBouncer between a server and PostgreSQL, as docs/operate.md says.</summary>
public sealed class PoolerTests
{
    [Fact]
    public async Task Behind_a_pooler_that_lends_connections_by_transaction_no_server_starts_and_one_line_says_why()
    {
        using var place = await PostgresPlace.CreateAsync();
        await using var pooler = await PgBouncer.StartAsync(await PostgresServer.SharedAsync(), "transaction");
        using var way = place.Via(pooler.Address(place.Database));
        var refused = Ledgers.Kopeck(way, "serve", "--http", "http://127.0.0.1:0", "--grpc", "none");
        Assert.True(refused.ExitCode == 3, $"{refused.ExitCode}: {refused.Output}{refused.Errors}");
        Assert.Contains("transaction mode", Assert.Single(refused.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_pooler_in_session_mode_two_servers_serve_and_recover_when_it_is_started_anew()
    {
        using var place = await PostgresPlace.CreateAsync();
        await using var pooler = await PgBouncer.StartAsync(await PostgresServer.SharedAsync(), "session");
        using var way = place.Via(pooler.Address(place.Database));
        await using var one = await Server.StartAsync(way);
        await using var two = await Server.StartAsync(way);
        var wallet = await one.OpenWalletAsync("EUR", "100");
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(number =>
            (number % 2 == 0 ? one : two).PostAsync(
                "/v1/deposits", $$"""{"wallet": "{{wallet}}", "amount": "1"}""", string.Create(CultureInfo.InvariantCulture, $"d-{number}"))));
        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        await pooler.StartAgainAsync();
        await Checks.EventuallyAsync(async () => (await two.GetAsync("/health/ready")).Status == 200, "the server to be ready again");
        Reply? again = null;
        // As callers do after a 503: the same request once more.
        await Checks.EventuallyAsync(
            async () => (again = await two.PostAsync("/v1/deposits", $$"""{"wallet": "{{wallet}}", "amount": "1"}""", "after")).Status == 201,
            "a deposit after the pooler's restart");
        Assert.Equal("301.00", await one.PostedAsync(wallet));
        Assert.Equal(0, await one.StopAsync());
        Assert.Equal(0, await two.StopAsync());
        Ledgers.Verify(way);
    }
}
