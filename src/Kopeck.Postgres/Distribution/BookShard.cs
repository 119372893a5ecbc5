using Kopeck.Ledger.Fields;
using Npgsql;

namespace Kopeck.Postgres.Distribution;

/// <summary>A book's shard, as a transaction sees it: where it is, and by which names the server that holds it knows its tables.</summary>
sealed class BookShard
{
    // A placement that comes with a move has another number.
    const string Placement = "SELECT placementid FROM pg_catalog.pg_dist_placement WHERE shardid = $1 AND shardstate = 1";

    const string LocalTables = """
        SELECT relation.relname::text, pg_catalog.shard_name(shard.logicalrelid, shard.shardid)
        FROM pg_catalog.pg_dist_shard AS books
        JOIN pg_catalog.pg_dist_shard AS shard ON shard.shardminvalue = books.shardminvalue
        JOIN pg_catalog.pg_class AS relation ON relation.oid = shard.logicalrelid
          AND relation.relnamespace = (SELECT relnamespace FROM pg_catalog.pg_class WHERE oid = books.logicalrelid)
        JOIN pg_catalog.pg_dist_placement AS placement ON placement.shardid = books.shardid AND placement.shardstate = 1
        WHERE books.shardid = $1 AND relation.relname = ANY($2)
          AND placement.groupid = (SELECT groupid FROM pg_catalog.pg_dist_local_group)
        """;

    readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    readonly long number;

    BookShard(long number, long placement) => (this.number, FirstPlacement) = (number, placement);

    /// <summary>Whether the server that was asked holds it.</summary>
    public bool IsLocal => names.Count > 0;

    /// <summary>The number of where it was.</summary>
    public long FirstPlacement { get; }

    /// <summary>Finds a book's shard.</summary>
    public static BookShard Find(NpgsqlConnection connection, BookName book)
    {
        var found = Number(connection, Citus.ShardOfBook, new NpgsqlParameter<string> { TypedValue = book.Value });
        var shard = new BookShard(found, Number(connection, Placement, new NpgsqlParameter<long> { TypedValue = found }));
        using var command = new NpgsqlCommand(LocalTables, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = found });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. Tables.All] });
        using var rows = command.ExecuteReader();
        while (rows.Read())
            shard.names.Add(rows.GetString(0), rows.GetString(1));
        return shard;
    }

    /// <summary>Keeps its tables here until the transaction ends, also when it moves.</summary>
    public void Hold(NpgsqlConnection connection)
    {
        // Whoever names a table in a statement has it until then; LOCK itself Citus takes for a change.
        using var command = new NpgsqlCommand($"SELECT FROM {string.Join(", ", names.Values)} WHERE false", connection);
        command.ExecuteNonQuery();
    }

    /// <summary>By which name a table of books is read.</summary>
    public string NameOf(string table) => names.GetValueOrDefault(table, table);

    /// <summary>The number of where it is now.</summary>
    public long AskPlacement(NpgsqlConnection connection) =>
        Number(connection, Placement, new NpgsqlParameter<long> { TypedValue = number });

    // A shard that was split is nowhere.
    static long Number(NpgsqlConnection connection, string sql, NpgsqlParameter parameter)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(parameter);
        return command.ExecuteScalar() is long answer ? answer : -1;
    }
}
