using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Npgsql;

namespace Kopeck.Postgres;

/// <summary>Whose database it is, judged by what is in it.</summary>
static class DatabaseContents
{
    const string AnotherProgram = "The database has tables of another program: use a database of its own";

    // What an extension brings is nobody's: it goes with the extension, and comes back with it.
    // Other programs have a table of this name, too: ours is told by its columns. Without the checksum it is of an unreleased version.
    const string Find = """
        SELECT current_setting('server_encoding'),
          (SELECT relation.oid::bigint FROM pg_catalog.pg_class AS relation
            WHERE relation.oid = to_regclass('schema_migrations') AND relation.relkind = 'r'
              AND (SELECT array_agg(attname || ' ' || format_type(atttypid, NULL) ORDER BY attnum) FROM pg_catalog.pg_attribute WHERE attrelid = relation.oid AND attnum > 0 AND NOT attisdropped)
                IN (ARRAY['version integer', 'name character varying', 'checksum bytea', 'applied_at bigint'], ARRAY['version integer', 'name character varying', 'applied_at bigint'])),
          EXISTS (SELECT 1 FROM pg_catalog.pg_class AS relation JOIN pg_catalog.pg_namespace AS space ON space.oid = relation.relnamespace
            WHERE space.nspname = current_schema() AND relation.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend WHERE classid = 'pg_class'::regclass AND objid = relation.oid AND deptype = 'e'))
        """;

    const string FindColumns = """
        SELECT name, array(SELECT attname::text FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass(name) AND attnum > 0 AND NOT attisdropped),
          array(SELECT attname::text FROM pg_catalog.pg_index CROSS JOIN LATERAL unnest(indkey) WITH ORDINALITY AS part (number, place)
            JOIN pg_catalog.pg_attribute ON attrelid = indrelid AND attnum = part.number
            WHERE indrelid = to_regclass(name) AND indisprimary ORDER BY part.place)
        FROM unnest($1) AS name WHERE to_regclass(name) IS NOT NULL
        """;

    const string FindOther = """
        WITH spaces AS (
          SELECT oid, nspname FROM pg_catalog.pg_namespace
          WHERE nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_(toast|temp)'),
        things AS (
          SELECT 'pg_class'::regclass AS class, oid, relnamespace AS space, relname::text AS name
            FROM pg_catalog.pg_class
            WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
              AND (relnamespace = (SELECT relnamespace FROM pg_catalog.pg_class WHERE oid = $1::oid) AND relname = ANY($2) AND relkind IN ('r', 'p')) IS NOT TRUE
          UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace, proname || '()' FROM pg_catalog.pg_proc)
        SELECT spaces.nspname || '.' || things.name
        FROM things JOIN spaces ON spaces.oid = things.space
        WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend WHERE classid = things.class AND objid = things.oid AND deptype = 'e')
        UNION ALL SELECT 'large object ' || oid FROM pg_catalog.pg_largeobject_metadata
        ORDER BY 1 LIMIT 1
        """;

    // What an extension's function does on its tables is the extension's business: Citus has such triggers on each.
    const string FindHooks = """
        SELECT format('the trigger %s on %s', tgname, tgrelid::regclass)
        FROM pg_catalog.pg_trigger
        WHERE tgrelid IN (SELECT to_regclass(name) FROM unnest($1) AS name) AND NOT tgisinternal
          AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend WHERE classid = 'pg_proc'::regclass AND objid = tgfoid AND deptype = 'e')
        UNION ALL
        SELECT format('the rule %s on %s', rulename, ev_class::regclass)
        FROM pg_catalog.pg_rewrite
        WHERE ev_class IN (SELECT to_regclass(name) FROM unnest($1) AS name)
        ORDER BY 1 LIMIT 1
        """;

    /// <summary>The version of the ledger's tables, 0 where there are none, of a database that the ledger may use.</summary>
    /// <exception cref="StorageUnavailableException">The schema is another program's, or keeps text otherwise than in UTF-8.</exception>
    public static async Task<int> RequireUsableAsync(NpgsqlConnection connection)
    {
        var (encoding, table, isUsed) = await FindAsync(connection).ConfigureAwait(false);
        if (table is null && isUsed)
            throw new StorageUnavailableException(AnotherProgram);
        // In any other encoding a name that does not fit fails when it is written.
        if (encoding != "UTF8")
            throw new StorageUnavailableException(
                $"The database keeps text as {encoding}, the ledger needs UTF8: make another with `kopeck db create`, or with ENCODING 'UTF8' TEMPLATE template0");
        return table is null ? 0 : await RequireReleasedAsync(connection).ConfigureAwait(false);
    }

    /// <summary>That a database is the ledger's, or holds nothing at all, so that nobody else loses anything with it.</summary>
    /// <exception cref="StorageUnavailableException">It holds something else.</exception>
    public static async Task RequireDroppableAsync(NpgsqlConnection connection)
    {
        var (_, table, isUsed) = await FindAsync(connection).ConfigureAwait(false);
        if (table is null && isUsed)
            throw new StorageUnavailableException(AnotherProgram);
        await using var command = new NpgsqlCommand(FindOther, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = table ?? 0 });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Tables.All] });
        if (await command.ExecuteScalarAsync().ConfigureAwait(false) is string other)
            throw new StorageUnavailableException($"The database also has {other}, which is not the ledger's: it is not deleted");
        if (table is not null && await VersionAsync(connection, table).ConfigureAwait(false) == 0)
            throw new StorageUnavailableException("The database's tables are of no known version: it is not deleted");
    }

    /// <summary>That nothing is done behind the ledger's back: it makes no trigger and no rule, so a backup may bring none.</summary>
    /// <exception cref="StorageUnavailableException">One of its tables has one.</exception>
    public static async Task RequireNoHooksAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(FindHooks, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Tables.All] });
        if (await command.ExecuteScalarAsync().ConfigureAwait(false) is string hook)
            throw Migration.HasHook(hook);
    }

    /// <summary>The schema that the ledger's tables are in; null where there are none.</summary>
    public static async Task<string?> FindSchemaAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "SELECT space.nspname::text FROM pg_catalog.pg_class AS relation JOIN pg_catalog.pg_namespace AS space ON space.oid = relation.relnamespace WHERE relation.oid = to_regclass('schema_migrations')",
            connection);
        return (string?)await command.ExecuteScalarAsync().ConfigureAwait(false);
    }

    /// <summary>That the tables of this program's version are there, each with its columns and its key.</summary>
    /// <exception cref="StorageUnavailableException">One is not, or is otherwise.</exception>
    public static async Task RequireWholeAsync(NpgsqlConnection connection)
    {
        var found = new Dictionary<string, (string[] Columns, string[] Key)>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(FindColumns, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Tables.All] });
        await using (var rows = await command.ExecuteReaderAsync().ConfigureAwait(false))
        {
            while (await rows.ReadAsync().ConfigureAwait(false))
                found.Add(rows.GetString(0), (rows.GetFieldValue<string[]>(1), rows.GetFieldValue<string[]>(2)));
        }

        foreach (var table in Tables.All)
        {
            if (!found.TryGetValue(table, out var parts))
                throw new StorageUnavailableException($"It has no table {table}");
            if (!parts.Columns.ToHashSet(StringComparer.Ordinal).SetEquals(Tables.ColumnsOf(table).Select(column => column.Name))
                || !parts.Key.SequenceEqual(Tables.PrimaryKeyOf(table), StringComparer.Ordinal))
                throw new StorageUnavailableException($"Its table {table} has other columns or another key");
        }
    }

    static async Task<(string Encoding, long? Table, bool IsUsed)> FindAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Find, connection);
        await using var row = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await row.ReadAsync().ConfigureAwait(false);
        return (row.GetString(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetBoolean(2));
    }

    static async Task<int> RequireReleasedAsync(NpgsqlConnection connection)
    {
        var applied = new List<(int, byte[])>();
        await using var command = new NpgsqlCommand("SELECT * FROM schema_migrations", connection);
        await using var rows = await command.ExecuteReaderAsync().ConfigureAwait(false);
        if (!rows.GetColumnSchema().Any(column => column.ColumnName == "checksum"))
            throw Migration.MadeByAnUnreleasedVersion();
        while (await rows.ReadAsync().ConfigureAwait(false))
            applied.Add(((int)rows["version"], (byte[])rows["checksum"]));
        return Migration.VersionOf(applied, PostgresDatabase.Migrations);
    }

    static async Task<int> VersionAsync(NpgsqlConnection connection, long? table)
    {
        if (table is null)
            return 0;
        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_migrations", connection);
        return (int)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
    }
}
