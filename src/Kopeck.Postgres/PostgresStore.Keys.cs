using System.Runtime.ExceptionServices;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Writing;
using Npgsql;
using NpgsqlTypes;

namespace Kopeck.Postgres;

/// <content>API keys.</content>
public sealed partial class PostgresStore
{
    const string BookKeys = "SELECT book, name, digest, scopes, created_at, revoked_at FROM api_keys";
    const string OperatorKeys = "SELECT NULL::text, name, digest, '', created_at, revoked_at FROM operator_keys";

    /// <inheritdoc/>
    public async ValueTask<ApiKey?> FindKeyAsync(Digest digest, CancellationToken cancellationToken) =>
        await ReadOneAsync(new NpgsqlBatchCommand($"{BookKeys} WHERE digest = $1 UNION ALL {OperatorKeys} WHERE digest = $1 LIMIT 1").Add(digest.ToBytes()), ReadKey, cancellationToken, source.Lookups);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ApiKey>> ListKeysAsync(BookName? book, CancellationToken cancellationToken) =>
        await ReadAllAsync(
            book is { } name ? new NpgsqlBatchCommand($"{BookKeys} WHERE book = $1 ORDER BY name").Add(name.Value) : new NpgsqlBatchCommand($"{OperatorKeys} ORDER BY name"),
            ReadKey,
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> AddKeyAsync(ApiKey key, CancellationToken cancellationToken, Action? beforeStoring = null)
    {
        try
        {
            return await WriteAsync(
                async (connection, transaction) =>
                {
                    if (!await InsertAsync(key, connection, transaction, cancellationToken))
                        return false;
                    Keep(beforeStoring);
                    return true;
                },
                cancellationToken);
        }
        catch (NotKeptException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ApiKey?> RevokeKeyAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken)
    {
        // Those who manage the same are locked first, in one order: the statement after it sees what another revocation left.
        var (table, condition, find) = book is null
            ? ("operator_keys", "true", $"{OperatorKeys} WHERE name = $1")
            : ("api_keys", "book = $1 AND scopes = $2", $"{BookKeys} WHERE name = $1 AND book = $2");
        var isTheirs = book is null ? "name = $2" : "name = $2 AND book = $3";
        var isNotLast = book is null
            ? "EXISTS (SELECT 1 FROM operator_keys AS other WHERE other.name <> $2 AND other.revoked_at IS NULL)"
            : "(scopes <> $4 OR EXISTS (SELECT 1 FROM api_keys AS other WHERE other.book = $3 AND other.name <> $2 AND other.revoked_at IS NULL AND other.scopes = $4))";
        return await WriteAsync(
            async (connection, transaction) =>
            {
                await using var batch = new NpgsqlBatch(connection, transaction);
                var hold = new NpgsqlBatchCommand($"SELECT name FROM {table} WHERE {condition} AND revoked_at IS NULL ORDER BY name FOR UPDATE");
                var revoke = new NpgsqlBatchCommand($"UPDATE {table} SET revoked_at = $1 WHERE {isTheirs} AND revoked_at IS NULL AND {isNotLast}").Add(at.Microseconds).Add(name.Value);
                var select = new NpgsqlBatchCommand(find).Add(name.Value);
                if (book is { } owner)
                {
                    hold.Add(owner.Value).Add(ScopeNames.Write(Scopes.Admin));
                    revoke.Add(owner.Value).Add(ScopeNames.Write(Scopes.Admin));
                    select.Add(owner.Value);
                }

                batch.BatchCommands.Add(hold);
                batch.BatchCommands.Add(revoke);
                batch.BatchCommands.Add(select);
                await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
                await rows.NextResultAsync(cancellationToken);
                return await rows.ReadAsync(cancellationToken) ? ReadKey(rows) : null;
            },
            cancellationToken);
    }

    // The primary key waits for another transaction that takes the name, and sees what became of it.
    static async Task<bool> InsertAsync(ApiKey key, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var insert = key.Book is not null
            ? new NpgsqlBatchCommand("INSERT INTO api_keys (name, digest, created_at, revoked_at, book, scopes) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING")
            : new NpgsqlBatchCommand("INSERT INTO operator_keys (name, digest, created_at, revoked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
        insert.Add(key.Name.Value).Add(key.Digest.ToBytes()).Add(key.CreatedAt.Microseconds).AddOptional(key.RevokedAt?.Microseconds, NpgsqlDbType.Bigint);
        if (key.Book is { } owner)
            insert.Add(owner.Value).Add(ScopeNames.Write(key.Scopes));
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(insert);
        return await batch.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    static void Keep(Action? beforeStoring)
    {
        try
        {
            beforeStoring?.Invoke();
        }
        catch (Exception exception)
        {
            throw new NotKeptException(exception);
        }
    }

    static ApiKey ReadKey(NpgsqlDataReader row) => new(
        PostgresRows.OptionalText(row, 0) is { } book ? BookName.Parse(book) : null,
        KeyName.Parse(row.GetString(1)),
        PostgresRows.Digest(row, 2),
        ScopeNames.TryParse(row.GetString(3), out var scopes) ? scopes : Scopes.None,
        new Instant(row.GetInt64(4)),
        PostgresRows.OptionalInt64(row, 5) is { } revokedAt ? new Instant(revokedAt) : null);

    /// <summary>Writes outside the journal, in a transaction of its own.</summary>
    Task<T> WriteAsync<T>(Func<NpgsqlConnection, NpgsqlTransaction, Task<T>> write, CancellationToken cancellationToken) =>
        AgainIfGoneAsync(async () =>
        {
            var isCommitting = false;
            try
            {
                await using var connection = await source.OpenWriterAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var result = await write(connection, transaction);
                isCommitting = true;
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (Exception exception) when (exception is not OperationCanceledException && PostgresFailures.IsStorage(exception))
            {
                var failure = PostgresFailures.ToUnavailable(exception);
                throw isCommitting ? new OutcomeUnknownException(failure.Message, exception) : failure;
            }
        });

    /// <summary>The caller's own failure, such as a file that cannot be written: not the database's, whatever its type.</summary>
    sealed class NotKeptException(Exception cause) : Exception(cause.Message, cause);
}
