using System.Data;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Npgsql;

namespace Kopeck.Postgres.Verification;

/// <summary>The rows of a database as they stand, for verification beside writers.</summary>
sealed class PostgresVerificationStore(PostgresSource source) : IVerificationStore
{
    /// <inheritdoc/>
    public IVerificationSnapshot OpenSnapshot(BookName book)
    {
        try
        {
            var connection = source.OpenAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
            try
            {
                var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
                using var export = new NpgsqlCommand("SELECT pg_export_snapshot()", connection, transaction);
                return new PostgresSnapshot(connection, transaction, book, new SharedSnapshot(source, (string)export.ExecuteScalar()!));
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
}

/// <summary>A snapshot that other connections can look at, too: rows are looked up while others are read.</summary>
sealed class SharedSnapshot(PostgresSource source, string name)
{
    public NpgsqlConnection Open()
    {
        var connection = source.OpenAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        using var join = new NpgsqlCommand($"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '{name}'", connection);
        join.ExecuteNonQuery();
        return connection;
    }
}
