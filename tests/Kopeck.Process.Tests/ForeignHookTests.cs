using Kopeck.Testing;
using SQLitePCL;

namespace Kopeck.Process.Tests;

/// <summary>What acts behind the ledger's back, or hides writes from it, is refused before anything is served.</summary>
public sealed class ForeignHookTests
{
    const int Unavailable = 3;

    [Theory]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON operations BEGIN DELETE FROM api_keys; END", "the trigger t on operations")]
    [InlineData("CREATE VIEW v AS SELECT * FROM operations", "the view v on v")]
    public async Task A_backup_that_brings_something_that_acts_by_itself_is_neither_restored_nor_served(string sql, string told)
    {
        using var folder = new Folder();
        await using (var server = await Server.StartAsync(folder))
            await server.OpenWalletAsync("EUR", "5");
        var backup = Path.Combine(folder.Path, "backup.db");
        Assert.Equal(0, Ledgers.Kopeck(folder, "db", "backup", backup).ExitCode);
        Execute(backup, sql);
        using var other = new Folder();
        AssertRefused(Ledgers.Kopeck(other, "db", "restore", backup), told);
        Assert.False(File.Exists(other.Database));
        File.Copy(backup, other.Database);
        foreach (var command in new[] { new[] { "serve", "--http", "http://127.0.0.1:0", "--grpc", "none" }, ["verify"] })
            AssertRefused(Ledgers.Kopeck(other, command), told);
    }

    [Fact]
    public async Task A_trigger_or_a_rule_on_PostgreSQL_is_refused_at_the_start_and_dropped_it_is_not()
    {
        var server = await PostgresServer.SharedAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        foreach (var (make, told, drop) in new[]
        {
            (
                "CREATE FUNCTION gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM api_keys; RETURN NULL; END $$; CREATE TRIGGER t AFTER INSERT ON operations EXECUTE FUNCTION gone()",
                "the trigger t on operations", "DROP TRIGGER t ON operations"),
            ("CREATE RULE r AS ON INSERT TO entries DO INSTEAD NOTHING", "the rule r on entries", "DROP RULE r ON entries"),
        })
        {
            await server.ExecuteAsync(make, place.Database);
            foreach (var command in new[] { new[] { "serve", "--http", "http://127.0.0.1:0", "--grpc", "none" }, ["verify"] })
                AssertRefused(Ledgers.Kopeck(place, command), told);
            await server.ExecuteAsync(drop, place.Database);
        }

        await using var serving = await Server.StartAsync(place);
        Assert.Equal(200, (await serving.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task A_file_with_two_names_is_not_served_by_either()
    {
        using var folder = new Folder();
        await using (var server = await Server.StartAsync(folder))
            await server.OpenWalletAsync("EUR", "5");
        using var other = new Folder();
        Shell.Run("ln", folder.Database, other.Database);
        AssertRefused(Ledgers.Kopeck(folder, "serve", "--http", "http://127.0.0.1:0", "--grpc", "none"), "another name");
        AssertRefused(Ledgers.Kopeck(other, "serve", "--http", "http://127.0.0.1:0", "--grpc", "none"), "another name");
        File.Delete(other.Database);
        // A symbolic link is one file by one log.
        File.CreateSymbolicLink(other.Database, folder.Database);
        await using var linked = await Server.StartAsync(folder);
        Assert.Equal(0, Ledgers.Kopeck(other, "verify").ExitCode);
    }

    static void AssertRefused(ShellResult refused, string told)
    {
        Assert.True(refused.ExitCode == Unavailable, $"{refused.ExitCode}: {refused.Output}{refused.Errors}");
        Assert.Contains(told, Assert.Single(refused.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    static void Execute(string path, string sql)
    {
        Batteries_V2.Init();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(path, out var database));
        using (database)
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, sql));
    }
}
