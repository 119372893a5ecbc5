using System.Data;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Npgsql;

namespace Kopeck.Postgres.Verification;

/// <summary>The rows of a database as they stand, for verification beside writers.</summary>
sealed class PostgresVerificationStore(PostgresSource source) : IVerificationStore
{
    const int MaxConnections = 100;
    const int IdleSeconds = 2;

    /// <inheritdoc/>
    public IVerificationSnapshot OpenSnapshot(BookName book)
    {
        try
        {
            var settings = SettingsOfItsOwn();
            var connection = new NpgsqlConnection(settings);
            try
            {
                connection.Open();
                var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
                using var export = new NpgsqlCommand("SELECT pg_export_snapshot()", connection, transaction);
                return new PostgresSnapshot(connection, transaction, book, new SharedSnapshot(settings, (string)export.ExecuteScalar()!));
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

    /// <summary>
    /// Connections beside the servers' pools, which may be as small as one: verification lends several at once. All go to one server, the
    /// one that a connection of the pool was checked on: a snapshot is known nowhere else. Kept for a moment, for the next look.
    /// </summary>
    string SettingsOfItsOwn()
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
