using Kopeck.Ledger.Fields;
using Kopeck.Testing;

namespace Kopeck.Postgres.Tests.Distribution;

/// <summary>How a database comes to be spread over several servers, what its tools do with it, and what refuses to be.</summary>
public sealed class DistributeTests
{
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
    public async Task A_database_without_Citus_is_told_what_it_needs_and_stays_as_it_is()
    {
        await using var server = await PostgresServer.StartAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        var refused = Ledgers.Kopeck(place, "db", "distribute");
        Assert.Equal(Unavailable, refused.ExitCode);
        Assert.Contains("CREATE EXTENSION citus", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("citus_add_node", refused.Errors, StringComparison.Ordinal);
        await using var serving = await Server.StartAsync(place);
        Assert.Equal("1.00", await serving.PostedAsync(await serving.OpenWalletAsync("EUR", "1")));
    }

    [Fact]
    public void A_file_is_not_spread()
    {
        using var place = new Folder();
        Assert.Equal(0, Ledgers.Kopeck(place, "db", "create").ExitCode);
        var refused = Ledgers.Kopeck(place, "db", "distribute");
        Assert.Equal(Unavailable, refused.ExitCode);
        Assert.Contains("is one file", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filled_database_is_spread_whole_and_leaves_nothing_behind_also_twice()
    {
        var cluster = Cluster;
        using var place = await FillAsync(cluster);
        for (var time = 0; time < 2; time++)
        {
            var spread = Ledgers.Kopeck(place, "db", "distribute");
            Assert.True(spread.ExitCode == 0, spread.Errors);
        }

        foreach (var table in Tables.All)
            Assert.Equal(0L, await cluster.Coordinator.AskAsync($"SELECT pg_relation_size('{table}')", place.Database));
        Ledgers.Verify(place);
        await using var serving = await Server.StartAsync(place);
        Assert.Equal("12.00", await serving.PostedAsync("3"));
        Assert.Equal(201, (await serving.PostAsync("/v1/deposits", """{"wallet":"3","amount":"1"}""", "after")).Status);
        var info = Ledgers.Kopeck(place, "db", "info");
        Assert.Contains((await cluster.FindAsync(place.Database, "main")).Name, info.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_use_is_not_spread()
    {
        var cluster = Cluster;
        using var place = await FillAsync(cluster);
        await using var serving = await Server.StartAsync(place);
        var refused = Ledgers.Kopeck(place, "db", "distribute");
        Assert.Equal(Unavailable, refused.ExitCode);
        Assert.Contains("in use", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("12.00", await serving.PostedAsync("3"));
    }

    [Fact]
    public async Task On_a_worker_the_coordinator_is_named()
    {
        var cluster = Cluster;
        using var place = await FillAsync(cluster);
        Assert.Equal(0, Ledgers.Kopeck(place, "db", "distribute").ExitCode);
        var worker = cluster.Workers.First();
        var way = new WorkerPlace(worker.ConnectionString(place.Database, PostgresServer.User, CitusCluster.Password), place.Keys);
        foreach (var command in new[] { "distribute", "migrate" })
        {
            var refused = Ledgers.Kopeck(way, "db", command);
            Assert.Equal(Unavailable, refused.ExitCode);
            Assert.Contains(cluster.Coordinator.Name, refused.Errors, StringComparison.Ordinal);
        }

        Ledgers.Verify(way);
        await using var serving = await Server.StartAsync(way);
        Assert.Equal("12.00", await serving.PostedAsync("3"));
    }

    [Fact]
    public async Task A_backup_is_spread_again_where_it_is_restored_and_whole_on_one_server()
    {
        var cluster = Cluster;
        using var place = await FillAsync(cluster);
        Assert.Equal(0, Ledgers.Kopeck(place, "db", "distribute").ExitCode);
        using var folder = new Folder();
        var backup = Path.Combine(folder.Path, "backup");
        var made = Ledgers.Kopeck(place, "db", "backup", backup);
        Assert.True(made.ExitCode == 0, made.Errors);

        var over = Ledgers.Kopeck(place, "db", "restore", backup, "--force");
        Assert.Equal(Unavailable, over.ExitCode);
        Ledgers.Verify(place);

        var again = await cluster.CreateBareAsync();
        using var spread = PostgresPlace.At(again, cluster.Coordinator.ConnectionString(again, PostgresServer.User, CitusCluster.Password));
        AssertRestored(spread, backup);
        Assert.NotNull(await cluster.FindAsync(again, "main"));

        await using var plain = await PostgresServer.StartAsync();
        var database = await plain.CreateDatabaseAsync();
        using var alone = PostgresPlace.At(database, plain.Address(database));
        AssertRestored(alone, backup);
        Assert.Equal(
            1L, await plain.AskAsync("SELECT count(*) FROM pg_constraint WHERE conrelid = 'api_keys'::regclass AND contype = 'f'", database));
    }

    [Fact]
    public async Task What_is_dropped_is_gone_on_every_server()
    {
        var cluster = Cluster;
        using var place = await FillAsync(cluster);
        Assert.Equal(0, Ledgers.Kopeck(place, "db", "distribute").ExitCode);
        var dropped = Ledgers.Kopeck(place, "db", "drop", "--yes");
        foreach (var server in cluster.Servers)
        {
            if (await server.AskAsync($"SELECT count(*) FROM pg_database WHERE datname = '{place.Database}'") is 0L)
                continue;
            Assert.Contains(server.Name, dropped.Errors, StringComparison.Ordinal);
            Assert.Equal(
                0L,
                await server.AskAsync(
                    "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname ~ '^(books|personal_values)'", place.Database));
        }
    }

    static void AssertRestored(ILedgerPlace place, string backup)
    {
        var restored = Ledgers.Kopeck(place, "db", "restore", backup);
        Assert.True(restored.ExitCode == 0, restored.Errors);
        Ledgers.Verify(place);
    }

    /// <summary>A database with a book on one server of the cluster.</summary>
    static async Task<PostgresPlace> FillAsync(CitusCluster cluster)
    {
        var database = await cluster.CreateBareAsync();
        var place = PostgresPlace.Create(
            database, cluster.Coordinator.ConnectionString(database, PostgresServer.User, CitusCluster.Password));
        await using var server = await Server.StartAsync(place);
        Assert.Equal("3", await server.OpenWalletAsync("EUR", "12"));
        return place;
    }

    sealed record WorkerPlace(string Setting, string Keys) : ILedgerPlace
    {
        public void Dispose()
        {
            // Another's.
        }
    }
}
