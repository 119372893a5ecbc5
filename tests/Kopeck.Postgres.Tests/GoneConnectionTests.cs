using Kopeck.Testing;
using Npgsql;

namespace Kopeck.Postgres.Tests;

/// <summary>Connections that went while nobody used them: the database is there, so the first who writes gets his answer.</summary>
public sealed class GoneConnectionTests
{
    const string Waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + PostgresServer.User + "' AND wait_event_type = 'Lock'";
    const string Terminate =
        "SELECT string_agg(CASE WHEN pg_terminate_backend(pid) THEN pid END::text, ', ') FROM pg_stat_activity WHERE usename = '"
        + PostgresServer.User
        + "'";

    static readonly int Rounds = TestSeed.Times(2, atMost: 3);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_write_after_an_orderly_restart_is_carried_out(bool isOneOfSeveralHosts)
    {
        await using var database = await PostgresServer.GivenOrNewAsync();
        using var place = await PostgresPlace.CreateAsync(database);
        var several =
            $"Host=127.0.0.1:{database.Port},127.0.0.1:{FreePorts.Take()};Database={place.Database};Username={PostgresServer.User};Password={database.Password}";
        await using var server = await Server.StartAsync(isOneOfSeveralHosts ? place.Via(several) : place);
        var wallet = await server.OpenWalletAsync("EUR", "1");
        for (var round = 1; round <= Rounds; round++)
        {
            database.Stop();
            await database.StartAgainAsync();
            await AssertWritesAsync(server, wallet, $"restart-{round}");
            Assert.Equal($"{1 + round}.00", await server.PostedAsync(wallet));
        }

        Ledgers.Verify(place);
    }

    [Fact]
    public async Task The_first_key_after_an_orderly_restart_is_made()
    {
        await using var database = await PostgresServer.GivenOrNewAsync();
        using var place = await PostgresPlace.CreateAsync(database);
        await using var server = await Server.StartAsync(place);
        for (var round = 1; round <= Rounds; round++)
        {
            // The pool of writers has a connection from the round before.
            database.Stop();
            await database.StartAgainAsync();
            var made = await server.SendAsync(HttpMethod.Post, "/v1/keys", $$"""{"name":"key-{{round}}","scopes":["read"]}""", $"key-{round}");
            Assert.True(made.Status == 201, made.Body);
            var revoked = await server.SendAsync(HttpMethod.Delete, $"/v1/keys/key-{round}", null, $"revoked-{round}");
            Assert.True(revoked.Status is 200 or 204, revoked.Body);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_first_write_after_idle_connections_were_terminated_is_carried_out(int writers)
    {
        await using var database = await PostgresServer.GivenOrNewAsync();
        using var place = await PostgresPlace.CreateAsync(database);
        await using var server = await Server.StartAsync(place);
        var wallet = await server.OpenWalletAsync("EUR", "1");
        for (var round = 1; round <= Rounds; round++)
        {
            await LeaveIdleWritersAsync(database, place, server, writers, round);
            // Whoever looks now and then, at due work or the clock, may open another one meanwhile.
            var terminated = (string)(await database.AskAsync(Terminate))!;
            await Checks.EventuallyAsync(
                async () => await database.AskAsync($"SELECT count(*) FROM pg_stat_activity WHERE pid IN ({terminated})") is 0L,
                "the connections to be gone");
            await AssertWritesAsync(server, wallet, $"terminated-{round}");
        }

        Ledgers.Verify(place);
    }

    /// <summary>Writers that wait for one another need a connection each, which stays in the pool.</summary>
    static async Task LeaveIdleWritersAsync(PostgresServer database, PostgresPlace place, Server server, int writers, int round)
    {
        await using var holder =
            new NpgsqlConnection(database.ConnectionString(place.Database, user: PostgresServer.Superuser) + ";Pooling=false");
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await using var holding = new NpgsqlCommand("BEGIN; LOCK TABLE api_keys IN EXCLUSIVE MODE", holder);
        await holding.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var keys = Enumerable.Range(1, writers).Select(writer => server.PostAsync("/v1/keys", $$"""{"name":"idle-{{round}}-{{writer}}","scopes":["read"]}""")).ToList();
        await Checks.EventuallyAsync(
            async () => await database.AskAsync(Waiting) is long waiting && waiting >= writers,
            "writers that wait");
        await using var letting = new NpgsqlCommand("ROLLBACK", holder);
        await letting.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        Assert.All(await Task.WhenAll(keys), key => Assert.Equal(201, key.Status));
    }

    static async Task AssertWritesAsync(Server server, string wallet, string key)
    {
        var deposit = await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", key);
        Assert.True(deposit.Status == 201, deposit.Body + server.Log);
    }
}
