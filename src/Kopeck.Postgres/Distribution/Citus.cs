using Npgsql;

namespace Kopeck.Postgres.Distribution;

/// <summary>
/// What Citus says of itself. Its catalogue is on every server of a database, so that any of them can be asked. Every server routes every
/// statement: who asked long ago is slow, never wrong.
/// </summary>
static class Citus
{
    /// <summary>A book's shard; a shard keeps its number when it moves, and not when it is split.</summary>
    public const string ShardOfBook = "SELECT pg_catalog.get_shard_id_for_distribution_column('books', $1::text)";

    /// <summary>Where the shards of books are: number, server, port, and whether it is the server that is asked.</summary>
    public const string PlacesOfBooks = """
        SELECT shard.shardid, node.nodename, node.nodeport::bigint, node.groupid = (SELECT groupid FROM pg_catalog.pg_dist_local_group)
        FROM pg_catalog.pg_dist_shard AS shard
        JOIN pg_catalog.pg_dist_placement AS placement ON placement.shardid = shard.shardid AND placement.shardstate = 1
        JOIN pg_catalog.pg_dist_node AS node ON node.groupid = placement.groupid AND node.noderole = 'primary'
        WHERE shard.logicalrelid = to_regclass('books')
        """;

    /// <summary>The tables of books and of holds that lie on the server that is asked: those of the same books beside each other.</summary>
    public const string LocalShards = """
        SELECT pg_catalog.shard_name(books.logicalrelid, books.shardid), pg_catalog.shard_name(holds.logicalrelid, holds.shardid)
        FROM pg_catalog.pg_dist_shard AS books
        JOIN pg_catalog.pg_dist_shard AS holds ON holds.logicalrelid = to_regclass('holds') AND holds.shardminvalue = books.shardminvalue
        JOIN pg_catalog.pg_dist_placement AS placement ON placement.shardid = books.shardid AND placement.shardstate = 1
        WHERE books.logicalrelid = to_regclass('books') AND placement.groupid = (SELECT groupid FROM pg_catalog.pg_dist_local_group)
        """;

    /// <summary>Where books are: name, server, port.</summary>
    public const string ServersOfBooks = """
        SELECT name, node.nodename, node.nodeport
        FROM unnest($1) AS name
        JOIN pg_catalog.pg_dist_placement AS placement
          ON placement.shardid = pg_catalog.get_shard_id_for_distribution_column('books', name) AND placement.shardstate = 1
        JOIN pg_catalog.pg_dist_node AS node ON node.groupid = placement.groupid AND node.noderole = 'primary'
        """;

    /// <summary>What the databases take, on the servers that answer.</summary>
    public const string Bytes = """
        SELECT coalesce(sum(result::bigint) FILTER (WHERE success), 0)::bigint
        FROM run_command_on_all_nodes('SELECT pg_database_size(current_database())')
        """;

    // The tables of books, not the extension, make a database distributed.
    const string IsDistributed =
        "SELECT EXISTS (SELECT FROM pg_catalog.pg_dist_partition WHERE logicalrelid = to_regclass('books') AND partmethod = 'h')";

    public static async Task<bool> IsDistributedAsync(NpgsqlConnection connection)
    {
        await using var ask = new NpgsqlCommand(IsDistributed, connection);
        return await ask.ExecuteScalarAsync().ConfigureAwait(false) is true;
    }
}
