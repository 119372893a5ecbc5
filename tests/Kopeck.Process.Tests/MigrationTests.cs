using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>Tables do not become another version's under a server, and a server notices where they did.</summary>
public sealed class MigrationTests
{
    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task Nobody_migrates_beside_a_server_and_a_server_notices_another_version(StorageEngine engine)
    {
        using var place = await ILedgerPlace.NewAsync(engine);
        await using (var server = await Server.StartAsync(place))
        {
            var wallet = await server.OpenWalletAsync("EUR", "5");
            // Nothing is to be done: that is said at any time.
            Assert.Equal(0, Ledgers.Kopeck(place, "db", "migrate").ExitCode);
            // As if the program that serves were older than the one that migrates.
            await RunAsync(place, "CREATE TABLE kept AS SELECT * FROM schema_migrations; DELETE FROM schema_migrations");
            var refused = Ledgers.Kopeck(place, "db", "migrate");
            Assert.Equal(3, refused.ExitCode);
            Assert.Contains("is in use", Assert.Single(refused.Errors.Trim().Split('\n')), StringComparison.Ordinal);

            // As if somebody had migrated all the same.
            await RunAsync(
                place,
                "INSERT INTO schema_migrations SELECT * FROM kept; DROP TABLE kept; UPDATE schema_migrations SET version = version + 1");
            await Checks.EventuallyAsync(async () => await ReadyAsync(server) == 503, "not ready");
            var write = await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", "meanwhile");
            Assert.Equal((503, "storage_unavailable"), (write.Status, write.Code));
            Assert.Contains("version 2", write.Body, StringComparison.Ordinal);
            Assert.Equal("5.00", await server.PostedAsync(wallet));

            await RunAsync(place, "UPDATE schema_migrations SET version = version - 1");
            await Checks.EventuallyAsync(async () => await ReadyAsync(server) == 200, "ready again");
            Assert.Equal(201, (await server.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"1"}""", "meanwhile")).Status);
            Assert.Equal(0, await server.StopAsync());
        }

        Ledgers.Verify(place);
    }

    static async Task<int> ReadyAsync(Server server) => (await server.GetAsync("/health/ready")).Status;

    static async Task RunAsync(ILedgerPlace place, string change)
    {
        if (place is PostgresPlace postgres)
            await (await PostgresServer.SharedAsync()).ExecuteAsync(change, postgres.Database);
        else
            Shell.Run("python3", "-c", $"import sqlite3; c = sqlite3.connect('{((Folder)place).Database}', timeout=30); c.executescript('{change}')");
    }
}
