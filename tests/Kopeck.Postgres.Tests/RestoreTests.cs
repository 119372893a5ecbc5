using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>
/// A restore takes nothing away before what takes its place is there and was looked at; a backup is the ledger's own tables, which who owns
/// a database can put into it.
/// </summary>
public sealed class RestoreTests
{
    const int Failed = 1, Unavailable = 3;

    [Fact]
    public async Task A_backup_of_a_database_with_extensions_and_rights_of_others_is_restored_by_its_owner()
    {
        var server = await ServerAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        using var folder = new Folder();
        var backup = Path.Combine(folder.Path, "backup");
        await server.ExecuteAsync("CREATE EXTENSION IF NOT EXISTS pg_stat_statements", place.Database);
        await server.ExecuteAsync("DO $$ BEGIN CREATE ROLE reporter; EXCEPTION WHEN duplicate_object THEN END $$");
        await server.ExecuteAsync($"GRANT SELECT ON entries TO reporter; ALTER DATABASE {place.Database} SET work_mem = '5MB'", place.Database);
        await server.ExecuteAsync($"GRANT CONNECT ON DATABASE {place.Database} TO reporter; GRANT USAGE ON SCHEMA public TO reporter", place.Database);
        string wallet;
        await using (var serving = await Server.StartAsync(place))
        {
            wallet = await serving.OpenWalletAsync("EUR", "1");
            AssertDone(Ledgers.Kopeck(place, "db", "backup", backup));
            await serving.PostAsync("/v1/deposits", $$"""{"wallet":"{{wallet}}","amount":"5"}""", "later");
            // Nobody is put out of a database that is served.
            AssertFails(Ledgers.Kopeck(place, "db", "restore", backup, "--force"), Unavailable, "stop the servers first");
            Assert.Equal("6.00", await serving.PostedAsync(wallet));
        }

        var copy = await server.CreateDatabaseAsync();
        using var other = place.Via(server.Address(copy));
        foreach (var way in new[] { place, other })
        {
            AssertDone(way == other
                ? Ledgers.Kopeck(way, "db", "restore", backup)
                : Ledgers.Kopeck(way, "db", "restore", backup, "--force"));
            Ledgers.Verify(way);
            await using var serving = await Server.StartAsync(way);
            Assert.Equal("1.00", await serving.PostedAsync(wallet));
        }

        Assert.Equal(
            "work_mem=5MB",
            await server.AskAsync(
                $"SELECT array_to_string(setconfig, ',') FROM pg_db_role_setting JOIN pg_database d ON d.oid = setdatabase WHERE datname = '{place.Database}'"));
        Assert.Equal(
            true,
            await server.AskAsync(
                $"SELECT has_table_privilege('reporter', 'entries', 'SELECT') AND EXISTS (SELECT 1 FROM pg_database, aclexplode(datacl) WHERE datname = '{place.Database}' AND grantee = 'reporter'::regrole)",
                place.Database));
        await AssertNothingBesideAsync(server, place.Database);
    }

    [Fact]
    public async Task A_backup_of_before_with_extensions_in_it_is_restored_by_the_owner_too()
    {
        var server = await ServerAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        using var folder = new Folder();
        var backup = Path.Combine(folder.Path, "whole");
        await server.ExecuteAsync("CREATE EXTENSION IF NOT EXISTS pg_stat_statements; COMMENT ON EXTENSION pg_stat_statements IS 'theirs'", place.Database);
        await using (var serving = await Server.StartAsync(place))
            await serving.OpenWalletAsync("EUR", "1");
        await server.ExecuteAsync("CREATE ROLE soon_gone; GRANT SELECT ON entries TO soon_gone", place.Database);
        var dumped = Shell.Try(
            "pg_dump", null, ["--format=custom", "--no-owner", "--file", backup, "--dbname", server.Address(place.Database)], null);
        Assert.True(dumped.ExitCode == 0, dumped.Output + dumped.Errors);
        await server.ExecuteAsync("DROP OWNED BY soon_gone; DROP ROLE soon_gone", place.Database);
        // A role that is not here keeps nothing from being restored; it is told of.
        var restored = Ledgers.Kopeck(place, "db", "restore", backup, "--force");
        AssertDone(restored);
        Assert.Contains("rights of other roles were left out", restored.Errors, StringComparison.Ordinal);
        Ledgers.Verify(place);
    }

    [Fact]
    public async Task A_backup_that_does_not_hold_what_it_should_leaves_what_is_there_and_nothing_beside()
    {
        var server = await ServerAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        using var folder = new Folder();
        string wallet;
        await using (var serving = await Server.StartAsync(place))
            wallet = await serving.OpenWalletAsync("EUR", "1");
        // Backups of a newer program, of tables that somebody changed, of one that is missing, of another program.
        foreach (var (sql, says) in new[]
        {
            ("UPDATE schema_migrations SET version = 99", "newer than this program"),
            ("ALTER TABLE entries DROP COLUMN balance", "table entries has other columns"),
            ("ALTER TABLE entries DROP CONSTRAINT entries_pkey", "table entries has other columns or another key"),
            ("DROP TABLE captures", "no table captures"),
            ("DROP TABLE schema_migrations", "no backup of a ledger"),
        })
        {
            var spoilt = await server.CreateLedgerAsync();
            await server.ExecuteAsync(sql, spoilt);
            var backup = Path.Combine(folder.Path, spoilt);
            var dumped = Shell.Try("pg_dump", null, ["--format=custom", "--no-owner", "--file", backup, "--dbname", server.Address(spoilt)], null);
            Assert.True(dumped.ExitCode == 0, dumped.Output + dumped.Errors);
            AssertFails(Ledgers.Kopeck(place, "db", "restore", backup, "--force"), Unavailable, says);
            await AssertNothingBesideAsync(server, place.Database);
            // What was empty is empty.
            var empty = await server.CreateDatabaseAsync();
            AssertFails(Ledgers.Kopeck(place.Via(server.Address(empty)), "db", "restore", backup), Unavailable, says);
            Assert.Equal(0L, await server.AskAsync("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace", empty));
        }

        Ledgers.Verify(place);
        await using var again = await Server.StartAsync(place);
        Assert.Equal("1.00", await again.PostedAsync(wallet));
    }

    [Fact]
    public async Task Without_force_only_nothing_is_filled_and_a_database_that_is_absent_is_made()
    {
        var server = await ServerAsync();
        using var place = await PostgresPlace.CreateAsync(server);
        using var folder = new Folder();
        var backup = Path.Combine(folder.Path, "backup");
        await using (var serving = await Server.StartAsync(place))
            await serving.OpenWalletAsync("EUR", "1");
        AssertDone(Ledgers.Kopeck(place, "db", "backup", backup));
        AssertFails(Ledgers.Kopeck(place, "db", "restore", backup), Failed, "--force");
        var absent = "absent" + place.Database;
        using var made = place.Via(server.Address(absent));
        AssertDone(Ledgers.Kopeck(made, "db", "restore", backup));
        Ledgers.Verify(made);
        // In a schema of its own it comes back to that, and says so where it is looked for elsewhere.
        var own = await server.CreateDatabaseAsync();
        await server.ExecuteAsync($"CREATE SCHEMA apart AUTHORIZATION {PostgresServer.User}", own);
        PostgresPlace.Create(own, server.Address(own) + "?search_path=apart").Dispose();
        using var inSchema = place.Via(server.Address(own) + "?search_path=apart");
        var ofSchema = Path.Combine(folder.Path, "schema");
        AssertDone(Ledgers.Kopeck(inSchema, "db", "backup", ofSchema));
        AssertDone(Ledgers.Kopeck(inSchema, "db", "restore", ofSchema, "--force"));
        AssertFails(Ledgers.Kopeck(place, "db", "restore", ofSchema, "--force"), Unavailable, "search_path");
        Ledgers.Verify(place);
    }

    [Fact]
    public async Task An_extension_is_no_other_programs_table_and_a_schema_that_is_absent_is_one_line()
    {
        var server = await ServerAsync();
        var database = await server.CreateDatabaseAsync();
        await server.ExecuteAsync("CREATE EXTENSION pg_stat_statements", database);
        using var place = PostgresPlace.Create(database, server.Address(database));
        AssertDone(Ledgers.Kopeck(place, "db", "info"));
        foreach (var command in new[] { new[] { "db", "create" }, ["verify"] })
        {
            var refused = Ledgers.Kopeck(place.Via(place.Setting + "?search_path=absent"), command);
            Assert.True(refused.ExitCode == Unavailable, refused.Output + refused.Errors);
            Assert.Single(refused.Errors.TrimEnd().Split('\n'));
        }

        AssertFails(Ledgers.Kopeck(place.Via(place.Setting + "?search_path=absent"), "db", "create"), Unavailable, "no such schema");
    }

    static async Task<PostgresServer> ServerAsync()
    {
        var server = await PostgresServer.SharedAsync();
        await server.ExecuteAsync($"ALTER ROLE {PostgresServer.User} CREATEDB");
        return server;
    }

    static async Task AssertNothingBesideAsync(PostgresServer server, string database) =>
        Assert.Equal(
            0L,
            await server.AskAsync(
                $"SELECT count(*) FROM pg_database WHERE datname LIKE '{database}\\_restored%' OR datname LIKE '{database}\\_before%'"));

    static void AssertDone(ShellResult done) => Assert.True(done.ExitCode == 0, $"{done.ExitCode}: {done.Output}{done.Errors}");

    static void AssertFails(ShellResult failed, int code, string says)
    {
        Assert.True(failed.ExitCode == code, $"{failed.ExitCode}: {failed.Output}{failed.Errors}");
        Assert.Contains(says, Assert.Single(failed.Errors.TrimEnd().Split('\n')), StringComparison.OrdinalIgnoreCase);
    }
}
