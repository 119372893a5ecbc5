using Kopeck.Testing;
using Npgsql;

namespace Kopeck.Postgres.Tests;

/// <summary>The tests' own servers and proxy do what the other tests believe of them.</summary>
public sealed class HarnessTests
{
    [Fact]
    public async Task A_server_that_is_killed_comes_back_on_its_port_with_what_was_committed()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.CreateDatabaseAsync("ledger");
        await server.ExecuteAsync("CREATE TABLE t AS SELECT 1 AS a", "ledger");
        server.Kill();
        await server.StartAgainAsync();
        Assert.Equal(1, await server.AskAsync("SELECT a FROM t", "ledger"));
        Assert.Equal("on", await server.AskAsync("SHOW fsync"));
        await Assert.ThrowsAsync<PostgresException>(
            () =>
                new NpgsqlConnection(server.ConnectionString("ledger").Replace(server.Password, "wrong", StringComparison.Ordinal))
                    .OpenAsync());
    }

    [Fact]
    public async Task A_pair_changes_places_and_keeps_what_was_committed()
    {
        await using var pair = await PostgresPair.StartAsync();
        await pair.Primary.ExecuteAsync("CREATE TABLE t (a int)");
        for (var turn = 1; turn <= 2; turn++)
        {
            await pair.Primary.ExecuteAsync($"INSERT INTO t VALUES ({turn})");
            await pair.PromoteAsync();
            Assert.Equal((long)turn, await pair.Primary.AskAsync("SELECT count(*) FROM t"));
            await pair.FollowAsync();
        }

        Assert.Equal(true, await pair.Standby.AskAsync("SELECT pg_is_in_recovery()"));
    }

    [Theory]
    [InlineData(CutKind.BeforeSend, 0L)]
    [InlineData(CutKind.MidSend, 0L)]
    [InlineData(CutKind.BeforeAnswer, 1L)]
    public async Task The_proxy_cuts_where_it_is_told_to(CutKind kind, long committed)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await using var proxy = CuttingProxy.Start(server.Port);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString(database, proxy.Port));
        await RunAsync(source, "CREATE TABLE t (a int)");
        await RunAsync(source, "INSERT INTO t VALUES (1)", prepare: true);
        await RunAsync(source, "DELETE FROM t");
        var struck = proxy.NextAsync(kind);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(source, "INSERT INTO t VALUES (1)", prepare: true));
        Assert.Contains("INSERT INTO t VALUES (1)", (await struck).Statements);
        Assert.Equal(committed, await server.AskAsync("SELECT count(*) FROM t", database));
        await RunAsync(source, "INSERT INTO t VALUES (1)", prepare: true);
    }

    [Fact]
    public async Task The_proxy_holds_a_send_back_and_delivers_it_late()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await using var proxy = CuttingProxy.Start(server.Port);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString(database, proxy.Port));
        await RunAsync(source, "CREATE TABLE t (a int)");
        var struck = proxy.NextAsync(CutKind.HoldBack);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(source, "INSERT INTO t VALUES (1)"));
        Assert.Equal(0L, await server.AskAsync("SELECT count(*) FROM t", database));
        Assert.EndsWith("Z", await (await struck).DeliverAsync(), StringComparison.Ordinal);
        Assert.Equal(1L, await server.AskAsync("SELECT count(*) FROM t", database));
    }

    [Fact]
    public async Task Redis_is_killed_paused_and_started_again()
    {
        await using var redis = await RedisServer.StartAsync();
        Assert.Equal("+OK", await redis.AskAsync("SET a 1"));
        redis.Pause();
        var asked = redis.AskAsync("EXISTS a");
        redis.Continue();
        Assert.Equal(":1", await asked);
        redis.Kill();
        Assert.Null(await redis.AskAsync("PING"));
        await redis.StartAgainAsync();
        Assert.Equal(":0", await redis.AskAsync("EXISTS a"));
    }

    static async Task RunAsync(NpgsqlDataSource source, string sql, bool prepare = false)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var text in new[] { "BEGIN", sql, "COMMIT" })
            batch.BatchCommands.Add(new NpgsqlBatchCommand(text));
        if (prepare)
            await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
    }
}
