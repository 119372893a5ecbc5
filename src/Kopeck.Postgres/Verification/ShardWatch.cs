using Kopeck.Engine.Storage;
using Kopeck.Postgres.Distribution;
using Npgsql;

namespace Kopeck.Postgres.Verification;

/// <summary>
/// Whether a book that is read through another server is still where it was when that began: what comes from where it went is of another
/// moment.
/// </summary>
sealed class ShardWatch(string settings, BookShard shard) : IDisposable
{
    readonly NpgsqlConnection connection = new(settings);

    /// <summary>Throws when the book has moved. Asked outside the transaction, which goes on seeing it where it was.</summary>
    public void RequireUnmoved()
    {
        if (connection.State != System.Data.ConnectionState.Open)
            connection.Open();
        if (shard.AskPlacement(connection) != shard.FirstPlacement)
            throw new StorageUnavailableException("The book moved to another server while it was read: verify it again");
    }

    public void Dispose() => connection.Dispose();
}
