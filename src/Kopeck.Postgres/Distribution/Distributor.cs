using System.Globalization;
using System.Text.Json;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Npgsql;

namespace Kopeck.Postgres.Distribution;

/// <summary>
/// Has Citus spread the tables over its servers: those of books by book, so that all of a book lies on one server, and the others whole on
/// every server. Each step looks at what is there first, so that it is safe to repeat.
/// </summary>
static class Distributor
{
    const int Looks = 20;
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    const string Books = Tables.Books.TableName;

    // Keys are found by their digest alone, on whichever server is asked: so they are on every one.
    static readonly string[] OnEveryServer =
        [.. Tables.All.Where(table => table == Tables.ApiKeys.TableName || !Tables.ColumnsOf(table).Any(column => column.Name == "book"))];

    // Books first: the others lie where they lie.
    static readonly string[] ByBook = [Books, .. Tables.All.Except(OnEveryServer, StringComparer.Ordinal).Where(table => table != Books)];

    const string Find = """
        SELECT EXISTS (SELECT FROM pg_catalog.pg_dist_node WHERE groupid = 0),
          (SELECT groupid FROM pg_catalog.pg_dist_local_group) = 0,
          EXISTS (SELECT FROM pg_catalog.pg_dist_node WHERE shouldhaveshards AND isactive AND noderole = 'primary'),
          (SELECT nodename || ':' || nodeport FROM pg_catalog.pg_dist_node WHERE groupid = 0 AND noderole = 'primary'),
          EXISTS (SELECT FROM pg_catalog.pg_dist_partition WHERE logicalrelid = to_regclass('books'))
        """;

    // What Citus itself does has names of its own.
    const string Others = """
        SELECT EXISTS (SELECT FROM pg_catalog.pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
          AND pid <> pg_backend_pid() AND application_name !~* '^citus')
        """;

    /// <summary>That a database is one that Citus may spread, or has spread, and that this server is the one to say so.</summary>
    public static async Task RequireCoordinatorAsync(NpgsqlConnection connection)
    {
        if (!await HasCitusAsync(connection).ConfigureAwait(false))
            throw new StorageUnavailableException(
                $"The database has no Citus: as a superuser, on each server, make the database {connection.Database} and in it CREATE EXTENSION citus, then here SELECT citus_set_coordinator_host('HOST', PORT), and SELECT citus_add_node('HOST', PORT) for each other server");
        await using var ask = new NpgsqlCommand(Find, connection);
        await using var row = await ask.ExecuteReaderAsync().ConfigureAwait(false);
        await row.ReadAsync().ConfigureAwait(false);
        if (!row.GetBoolean(1))
            throw new StorageUnavailableException(
                $"This is not the database's coordinator: name that one, {(row.IsDBNull(3) ? "which Citus does not know" : row.GetString(3))}");
        if (!row.GetBoolean(0))
            throw new StorageUnavailableException(
                "Citus does not know how the other servers reach this one: as a superuser, SELECT citus_set_coordinator_host('HOST', PORT)");
        if (!row.GetBoolean(2))
            throw new StorageUnavailableException(
                "Citus has no server to put books on: as a superuser, SELECT citus_add_node('HOST', PORT) for each");
    }

    /// <summary>Whether the database has the extension, whether or not it does anything.</summary>
    public static async Task<bool> HasCitusAsync(NpgsqlConnection connection) =>
        await AskAsync(connection, "SELECT to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL").ConfigureAwait(false) is true;

    /// <summary>Whether Citus has a server to put books on.</summary>
    public static async Task<bool> HasServersAsync(NpgsqlConnection connection) =>
        await AskAsync(connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_dist_node WHERE shouldhaveshards AND isactive)")
            .ConfigureAwait(false) is true;

    /// <summary>Whether there is any book.</summary>
    public static async Task<bool> HasBooksAsync(NpgsqlConnection connection) =>
        // Citus reads EXISTS as a table of its own, which cannot be without columns.
        await AskAsync(connection, $"SELECT 1 FROM {Books} LIMIT 1").ConfigureAwait(false) is not null;

    /// <summary>Settings without which several servers are less than one, and what they have to be.</summary>
    public static IReadOnlyList<(string Name, string Value)> Required { get; } =
    [
        // Another would read what a standby has.
        ("citus.use_secondary_nodes", "never"),
        // A plan that is made once for all values does not know which server they are on.
        ("plan_cache_mode", "auto"),
    ];

    /// <summary>What each server that answers says of itself: settings by name.</summary>
    public static async IAsyncEnumerable<(string Server, IReadOnlyDictionary<string, string> Settings)> SettingsAsync(
        NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT node.nodename || ':' || node.nodeport, answer.result
            FROM run_command_on_all_nodes($ask$
              SELECT json_object_agg(name, setting) FROM pg_catalog.pg_settings
              WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version_num') $ask$) AS answer
            JOIN pg_catalog.pg_dist_node AS node ON node.nodeid = answer.nodeid
            WHERE answer.success
            """,
            connection);
        await using var rows = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await rows.ReadAsync().ConfigureAwait(false))
        {
            using var settings = JsonDocument.Parse(rows.GetString(1));
            yield return (
                rows.GetString(0),
                settings.RootElement.EnumerateObject()
                    .ToDictionary(each => each.Name, each => each.Value.GetString()!, StringComparer.Ordinal));
        }
    }

    /// <summary>The servers of the database, this one last.</summary>
    public static async Task<IReadOnlyList<(ServerAddress Server, bool IsCoordinator)>> PlacesAsync(NpgsqlConnection connection)
    {
        var places = new List<(ServerAddress, bool)>();
        await using var command = new NpgsqlCommand(
            "SELECT nodename, nodeport, groupid = 0 FROM pg_catalog.pg_dist_node WHERE noderole = 'primary' ORDER BY groupid = 0, nodeid",
            connection);
        await using var rows = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await rows.ReadAsync().ConfigureAwait(false))
            places.Add((new ServerAddress(rows.GetString(0), rows.GetInt32(1)), rows.GetBoolean(2)));
        return places;
    }

    /// <summary>That nobody is connected to the database, on any server, and that every server answers.</summary>
    public static async Task RequireUnusedAsync(NpgsqlConnection connection)
    {
        for (var look = 0; ; look++)
        {
            var sessions = await AskAsync(connection, Sessions).ConfigureAwait(false);
            if (sessions is not long count)
                throw new StorageUnavailableException("A server of the database cannot be reached: what is on it would be left");
            // This one is one of them.
            if (count <= 1)
                return;
            if (look == Looks)
                throw new StorageUnavailableException("The database is in use: stop the servers first");
            await Task.Delay(Moment).ConfigureAwait(false);
        }
    }

    const string Sessions = """
        SELECT CASE WHEN bool_and(success) THEN sum(CASE WHEN success THEN result::bigint END)::bigint END
        FROM run_command_on_all_nodes($ask$
          SELECT count(*) FROM pg_catalog.pg_stat_activity
          WHERE datname = current_database() AND backend_type = 'client backend' AND application_name !~* '^citus' $ask$)
        """;

    /// <summary>Deletes the ledger's tables on every server, all or none.</summary>
    public static Task DropTablesAsync(NpgsqlConnection connection) =>
        RunAsync(
            connection,
            $"BEGIN; SET LOCAL citus.multi_shard_modify_mode = 'sequential'; DROP TABLE {string.Join(", ", Tables.All)} CASCADE; COMMIT");

    /// <summary>Makes <see cref="ApiKeysBook"/> where it is not.</summary>
    public const string RestoreApiKeysBook = $"""
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = 'api_keys'::regclass AND contype = 'f') THEN
            ALTER TABLE api_keys ADD CONSTRAINT {ApiKeysBook} FOREIGN KEY (book) REFERENCES books (book);
          END IF;
        END $$
        """;

    /// <summary>Spreads what is not spread yet; the names of those tables.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(NpgsqlConnection connection)
    {
        await RequireCoordinatorAsync(connection).ConfigureAwait(false);
        var spread = await SpreadAsync(connection).ConfigureAwait(false);
        // What was here before was copied, not moved: personal values must not stay behind, where no erasure looks for them. Also after one
        // of these was cut short.
        foreach (var table in ByBook.Concat(OnEveryServer))
        {
            if (await HasLocalRowsAsync(connection, table).ConfigureAwait(false))
                await RunAsync(connection, $"SELECT truncate_local_data_after_distributing_table('{table}')").ConfigureAwait(false);
        }

        foreach (var table in ByBook.Concat(OnEveryServer))
        {
            if (await HasLocalRowsAsync(connection, table).ConfigureAwait(false))
                throw new StorageUnavailableException($"Rows of {table} are still on the coordinator: call this again");
        }

        await RequireTogetherAsync(connection).ConfigureAwait(false);
        return spread;
    }

    /// <summary>All or none of them, in one transaction.</summary>
    static async Task<List<string>> SpreadAsync(NpgsqlConnection connection)
    {
        var spread = new List<string>();
        await using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        // Foreign keys need one connection a server for all of it.
        await RunAsync(connection, "SET LOCAL citus.multi_shard_modify_mode = 'sequential'").ConfigureAwait(false);
        foreach (var table in ByBook.Concat(OnEveryServer))
        {
            if (await IsSpreadAsync(connection, table).ConfigureAwait(false))
                continue;
            if (table == Books)
                await RequireAloneAsync(connection).ConfigureAwait(false);
            await RunAsync(connection, $"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE").ConfigureAwait(false);
            var before = await CountAsync(connection, table).ConfigureAwait(false);
            await RunAsync(connection, await StatementAsync(connection, table).ConfigureAwait(false)).ConfigureAwait(false);
            var after = await CountAsync(connection, table).ConfigureAwait(false);
            if (before != after)
                throw new StorageUnavailableException(string.Create(
                    CultureInfo.InvariantCulture, $"Citus took {after} of the {before} rows of {table}: nothing was changed"));
            spread.Add(table);
        }

        await transaction.CommitAsync().ConfigureAwait(false);
        return spread;
    }

    // A server that is on it goes on as if there were one server. Who was disconnected stays a moment longer.
    static async Task RequireAloneAsync(NpgsqlConnection connection)
    {
        for (var look = 0; await AskAsync(connection, Others).ConfigureAwait(false) is true; look++)
        {
            if (look == Looks)
                throw new StorageUnavailableException("The database is in use: stop the servers first");
            await Task.Delay(Moment).ConfigureAwait(false);
        }
    }

    static async Task<string> StatementAsync(NpgsqlConnection connection, string table)
    {
        if (ByBook.Contains(table))
            return $"SELECT create_distributed_table('{table}', 'book', colocate_with => '{(table == Books ? "none" : Books)}')";
        // What is on every server refers to nothing that is on one.
        if (table == Tables.ApiKeys.TableName)
            await RunAsync(connection, $"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {ApiKeysBook}").ConfigureAwait(false);
        return $"SELECT create_reference_table('{table}')";
    }

    /// <summary>The foreign key that a database on one server has, and a distributed one cannot have.</summary>
    public const string ApiKeysBook = "api_keys_book_fkey";

    // A book whose tables lay on several servers would be locked on one and written on another.
    static async Task RequireTogetherAsync(NpgsqlConnection connection)
    {
        var count = await AskAsync(
            connection,
            $"SELECT count(*) FROM pg_catalog.pg_dist_partition WHERE partmethod = 'h' AND repmodel = 's' AND logicalrelid IN ({Names(ByBook)}) AND colocationid = (SELECT colocationid FROM pg_catalog.pg_dist_partition WHERE logicalrelid = '{Books}'::regclass)")
            .ConfigureAwait(false);
        var whole = await AskAsync(
            connection, $"SELECT count(*) FROM pg_catalog.pg_dist_partition WHERE partmethod = 'n' AND repmodel = 't' AND logicalrelid IN ({Names(OnEveryServer)})")
            .ConfigureAwait(false);
        if (count is not long together || together != ByBook.Length || whole is not long all || all != OnEveryServer.Length)
            throw new StorageUnavailableException(
                "The tables are spread otherwise than by book, each once: this ledger cannot be used over several servers");
    }

    static string Names(IEnumerable<string> tables) => string.Join(", ", tables.Select(table => $"'{table}'::regclass"));

    static async Task<bool> IsSpreadAsync(NpgsqlConnection connection, string table) =>
        await AskAsync(connection, $"SELECT EXISTS (SELECT FROM pg_catalog.pg_dist_partition WHERE logicalrelid = '{table}'::regclass)")
            .ConfigureAwait(false) is true;

    // Its own file here, whatever Citus answers for it.
    static async Task<bool> HasLocalRowsAsync(NpgsqlConnection connection, string table) =>
        await AskAsync(connection, $"SELECT pg_catalog.pg_relation_size('{table}')").ConfigureAwait(false) is not 0L;

    static async Task<long> CountAsync(NpgsqlConnection connection, string table) =>
        (long)(await AskAsync(connection, $"SELECT count(*) FROM {table}").ConfigureAwait(false))!;

    static async Task<object?> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync().ConfigureAwait(false);
    }

    static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
