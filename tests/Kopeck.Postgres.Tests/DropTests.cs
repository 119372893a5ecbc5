using Kopeck.Testing;

namespace Kopeck.Postgres.Tests;

/// <summary>A database is deleted only when nobody but the ledger loses anything with it.</summary>
public sealed class DropTests
{
    const int Unavailable = 3;

    // What another program may have, how it is named, and how it goes away again.
    static readonly (string Theirs, string Says, string Undo)[] Others =
    [
        ("CREATE SCHEMA payroll; CREATE TABLE payroll.accounts (a int)", "payroll.accounts", "DROP TABLE payroll.accounts"),
        ("CREATE FUNCTION payroll.raise() RETURNS int LANGUAGE sql AS 'SELECT 1'", "payroll.raise()", "DROP FUNCTION payroll.raise()"),
        ("CREATE SEQUENCE payroll.numbers", "payroll.numbers", "DROP SEQUENCE payroll.numbers"),
        ("CREATE TABLE public.theirs (a int)", "public.theirs", "DROP TABLE public.theirs"),
        ("CREATE VIEW public.report AS SELECT 1 AS a", "public.report", "DROP VIEW public.report"),
        ("SELECT lo_create(4711)", "large object 4711", "SELECT lo_unlink(4711)"),
    ];

    [Fact]
    public async Task A_database_in_which_another_program_has_something_is_neither_dropped_nor_restored_over()
    {
        var server = await PostgresServer.SharedAsync();
        using var folder = new Folder();
        using var place = await PostgresPlace.CreateAsync(server);
        await server.ExecuteAsync($"ALTER ROLE {PostgresServer.User} CREATEDB");
        var backup = Path.Combine(folder.Path, "backup");
        Assert.Equal(0, Ledgers.Kopeck(place, "db", "backup", backup).ExitCode);
        foreach (var (theirs, says, undo) in Others)
        {
            await server.ExecuteAsync(theirs, place.Database);
            AssertRefused(Ledgers.Kopeck(place, "db", "drop", "--yes"), says);
            if (theirs == Others[0].Theirs)
                AssertRefused(Ledgers.Kopeck(place, "db", "restore", backup, "--force"), says);
            await server.ExecuteAsync(undo, place.Database);
        }

        Assert.Equal(0, Drop(server, place.Database).ExitCode);
    }

    [Fact]
    public async Task A_database_without_tables_of_the_ledgers_is_not_dropped_for_them()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.ExecuteAsync("CREATE SCHEMA payroll; CREATE TABLE payroll.accounts (a int)", database);
        AssertRefused(Drop(server, database), "payroll.accounts");
        Assert.Equal(0L, await server.AskAsync("SELECT count(*) FROM payroll.accounts", database));
    }

    [Fact]
    public async Task What_is_the_ledgers_own_or_empty_is_dropped_whatever_extensions_and_schema_it_has()
    {
        var server = await PostgresServer.SharedAsync();
        await server.ExecuteAsync($"ALTER ROLE {PostgresServer.User} CREATEDB");
        using var place = await PostgresPlace.CreateAsync(server);
        await server.ExecuteAsync("CREATE EXTENSION pg_stat_statements", place.Database);
        var schema = await server.CreateDatabaseAsync();
        await server.ExecuteAsync(
            $"CREATE SCHEMA \"The ledger\" AUTHORIZATION {PostgresServer.User}; ALTER DATABASE {schema} SET search_path = \"The ledger\"",
            schema);
        PostgresPlace.Create(schema, server.Address(schema)).Dispose();
        var empty = await server.CreateDatabaseAsync();
        foreach (var database in new[] { place.Database, schema, empty })
        {
            var dropped = Drop(server, database);
            Assert.True(dropped.ExitCode == 0, dropped.Output + dropped.Errors);
            Assert.Equal(0L, await server.AskAsync($"SELECT count(*) FROM pg_database WHERE datname = '{database}'"));
        }
    }

    static void AssertRefused(ShellResult refused, string says)
    {
        Assert.True(refused.ExitCode == Unavailable, $"{refused.ExitCode}: {refused.Output}{refused.Errors}");
        Assert.Contains(says, Assert.Single(refused.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    static ShellResult Drop(PostgresServer server, string database) =>
        Shell.Try(Shell.Kopeck, null, "db", "drop", "--yes", "--database", server.Address(database));
}
