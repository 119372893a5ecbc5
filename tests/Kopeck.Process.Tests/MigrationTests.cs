using System.Net.Sockets;
using System.Text;
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

    [Theory]
    [InlineData(StorageEngine.Sqlite)]
    [InlineData(StorageEngine.Postgres)]
    public async Task What_commands_do_is_told_to_the_systems_log_and_not_into_their_answers(StorageEngine engine)
    {
        using var place = await ILedgerPlace.NewAsync(engine);
        await using (var server = await Server.StartAsync(place))
            await server.OpenWalletAsync("EUR", "5");
        using var folder = new Folder();
        var path = Path.Combine(folder.Path, "log");
        using var log = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        log.Bind(new UnixDomainSocketEndPoint(path));
        foreach (var (arguments, told) in new (string[], string)[]
        {
            (["keys", "create", "shop", "--scopes", "read"], "Kopeck.Security[313] key made: shop with Read, by key=cli book=main"),
            (["keys", "change", "shop", "--per-second", "5"], "Kopeck.Security[318] key changed: shop, by key=cli book=main"),
            (["keys", "rotate", "shop"], "Kopeck.Security[319] key rotated: shop, by key=cli book=main"),
            (["keys", "revoke", "shop"], "Kopeck.Security[314] key revoked: shop, by key=cli book=main"),
            (["journal", "export"], "Kopeck.Security[320] journal exported: book=main after 0, with personal values: True, by key=cli"),
            (["report", "trial-balance"], "Kopeck.Security[317] file drawn: report trial-balance, by key=cli book=main"),
        })
        {
            var done = Ledgers.Kopeck(place, [.. arguments, "--security-log", path]);
            Assert.True(done.ExitCode == 0, done.Errors);
            Assert.DoesNotContain("Kopeck.Security", done.Errors, StringComparison.Ordinal);
            var line = Receive(log);
            Assert.Matches(@"^<86>[A-Z][a-z]{2} [ 1-3][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} kopeck\[[0-9]+\]: Kopeck\.Security\[", line);
            Assert.Contains(told, line, StringComparison.Ordinal);
            Assert.DoesNotContain("kopeck_", line, StringComparison.Ordinal);
            Assert.DoesNotContain("Test Customer", line, StringComparison.Ordinal);
        }

        // Nobody listens: the command does its work all the same.
        log.Close();
        Assert.Equal(0, Ledgers.Kopeck(place, "report", "trial-balance", "--security-log", path).ExitCode);
        var loud = Ledgers.Kopeck(place, "report", "trial-balance", "--security-log", "stderr");
        Assert.Contains("Kopeck.Security[317] file drawn", loud.Errors, StringComparison.Ordinal);
        var wrong = Ledgers.Kopeck(place, "report", "trial-balance", "--security-log", "syslog");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("KOPECK_SECURITY_LOG", Assert.Single(wrong.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    static string Receive(Socket log)
    {
        var bytes = new byte[4096];
        log.ReceiveTimeout = 10_000;
        return Encoding.UTF8.GetString(bytes, 0, log.Receive(bytes));
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
