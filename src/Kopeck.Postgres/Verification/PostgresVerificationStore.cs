using System.Data;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Distribution;
using Npgsql;

namespace Kopeck.Postgres.Verification;

/// <summary>The rows of a database as they stand, for verification beside writers.</summary>
sealed class PostgresVerificationStore(BookServers servers) : IVerificationStore
{
    const int MaxConnections = 100;
    const int IdleSeconds = 2;

    /// <inheritdoc/>
    public IVerificationSnapshot OpenSnapshot(BookName book) =>
        servers.AtAsync(book, server => Task.FromResult(Open(server, book))).GetAwaiter().GetResult();

    static IVerificationSnapshot Open(PostgresSource server, BookName book)
    {
        try
        {
            var settings = SettingsOfItsOwn(server);
            var connection = new NpgsqlConnection(settings);
            try
            {
                connection.Open();
                var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
                if (server.IsDistributed == true)
                    return OpenShard(connection, transaction, settings, book);
                return new PostgresSnapshot(connection, transaction, book, Export(connection, transaction, settings));
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (PostgresFailures.IsStorage(exception))
        {
            throw PostgresFailures.ToUnavailable(exception);
        }
    }

    // A snapshot is one server's. Where it is the book's own, what lies there is read by its own names, so that all of it comes from there
    // even if the book moves away meanwhile; else all is asked for over one connection, and whether it moved is looked at.
    static PostgresSnapshot OpenShard(NpgsqlConnection connection, NpgsqlTransaction transaction, string settings, BookName book)
    {
        var shard = BookShard.Find(connection, book);
        if (!shard.IsLocal)
            return new PostgresSnapshot(connection, transaction, book, null, shard, new ShardWatch(settings, shard));
        shard.Hold(connection);
        return new PostgresSnapshot(connection, transaction, book, Export(connection, transaction, settings), shard);
    }

    static SharedSnapshot Export(NpgsqlConnection connection, NpgsqlTransaction transaction, string settings)
    {
        using var export = new NpgsqlCommand("SELECT pg_export_snapshot()", connection, transaction);
        return new SharedSnapshot(settings, (string)export.ExecuteScalar()!);
    }

    /// <summary>
    /// Connections beside the servers' pools, which may be as small as one: verification lends several at once. All go to one server, the
    /// one that a connection of the pool was checked on: a snapshot is known nowhere else. Kept for a moment, for the next look.
    /// </summary>
    static string SettingsOfItsOwn(PostgresSource source)
    {
        using var connection = source.OpenAsync().AsTask().GetAwaiter().GetResult();
        var settings = new NpgsqlConnectionStringBuilder(source.Address.ConnectionString)
        {
            Password = source.Address.Password,
            Host = connection.Host,
            Port = connection.Port,
            Pooling = true,
            MinPoolSize = 0,
            MaxPoolSize = MaxConnections,
            ConnectionIdleLifetime = IdleSeconds,
            ConnectionPruningInterval = IdleSeconds,
            CommandTimeout = 0,
        };
        settings.Remove("Target Session Attributes");
        settings.Remove("Load Balance Hosts");
        return settings.ConnectionString;
    }
}

/// <summary>A snapshot that other connections can look at, too: rows are looked up while others are read.</summary>
sealed class SharedSnapshot(string settings, string name)
{
    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(settings);
        try
        {
            connection.Open();
            using var join =
                new NpgsqlCommand($"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '{name}'", connection);
            join.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
