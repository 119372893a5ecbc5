using System.Runtime.ExceptionServices;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Sql;
using Kopeck.Postgres.Writing;
using Kopeck.Relational.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Kopeck.Postgres;

/// <content>API keys.</content>
public sealed partial class PostgresStore
{
    /// <inheritdoc/>
    public override async ValueTask<bool> AddKeyAsync(ApiKey key, CancellationToken cancellationToken, Action? beforeStoring = null)
    {
        try
        {
            return await WriteAsync(
                async (connection, transaction) =>
                {
                    if (!await InsertAsync(key, connection, transaction).ConfigureAwait(false))
                        return false;
                    Keep(beforeStoring);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (NotKeptException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<ApiKey?> RevokeKeyAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken)
    {
        // Those who manage the same are locked first, in one order: the statement after it sees what another revocation left.
        var (table, condition, find) = book is null
            ? ("operator_keys", "true", $"{KeyRows.SelectOfOperator} WHERE name = $1")
            : ("api_keys", "book = $1 AND scopes = $2", $"{KeyRows.SelectOfBooks} WHERE name = $1 AND book = $2");
        var isTheirs = book is null ? "name = $2" : "name = $2 AND book = $3";
        var isNotLast = book is null
            ? "EXISTS (SELECT 1 FROM operator_keys AS other WHERE other.name <> $2 AND other.revoked_at IS NULL AND other.expires_at IS NULL)"
            : "(scopes <> $4 OR EXISTS (SELECT 1 FROM api_keys AS other WHERE other.book = $3 AND other.name <> $2 AND other.revoked_at IS NULL AND other.expires_at IS NULL AND other.scopes = $4))";
        return await WriteAsync(
            async (connection, transaction) =>
            {
                await using var batch = new NpgsqlBatch(connection, transaction);
                var hold =
                    new NpgsqlBatchCommand($"SELECT name FROM {table} WHERE {condition} AND revoked_at IS NULL ORDER BY name FOR UPDATE");
                var revoke =
                    new NpgsqlBatchCommand($"UPDATE {table} SET revoked_at = $1 WHERE {isTheirs} AND revoked_at IS NULL AND {isNotLast}")
                    .Add(at.Microseconds).Add(name.Value);
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
                await using var rows = await batch.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
                await rows.NextResultAsync(CancellationToken.None).ConfigureAwait(false);
                return await rows.ReadAsync(CancellationToken.None).ConfigureAwait(false) ? KeyRows.Read(new PostgresRow(rows)) : null;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<ApiKey?> ChangeKeyAsync(
        BookName? book, KeyName name, Func<ApiKey, IReadOnlyList<ApiKey>, ApiKey?> change, CancellationToken cancellationToken) =>
        await WriteAsync(
            async (connection, transaction) =>
            {
                var all = await LockAllAsync(book, connection, transaction).ConfigureAwait(false);
                var found = all.Find(key => key.Name == name);
                if (found is null || change(found, all) is not { } changed)
                    return found;
                await using var batch = new NpgsqlBatch(connection, transaction);
                var update = new NpgsqlBatchCommand(
                    $"UPDATE {(book is null ? "operator_keys" : "api_keys")} SET digest = $2, expires_at = $3, networks = $4, rate_limit = $5, old_digest = $6, old_until = $7 WHERE {(book is null ? "name = $1" : "name = $1 AND book = $8")}")
                    .Add(name.Value).Add(changed.Digest.ToBytes())
                    .AddOptional(changed.Terms.ExpiresAt?.Microseconds, NpgsqlDbType.Bigint)
                    .AddOptional(changed.Terms.Networks?.Text.Value, NpgsqlDbType.Varchar)
                    .AddOptional(changed.Terms.RateLimit, NpgsqlDbType.Integer)
                    .AddOptional(changed.OldDigest?.ToBytes(), NpgsqlDbType.Bytea)
                    .AddOptional(changed.OldUntil?.Microseconds, NpgsqlDbType.Bigint);
                if (book is { } owner)
                    update.Add(owner.Value);
                batch.BatchCommands.Add(update);
                await batch.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
                return changed;
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask NoteUseAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken) =>
        await WriteAsync(
            async (connection, transaction) =>
            {
                await using var batch = new NpgsqlBatch(connection, transaction);
                var update = book is { } owner
                    ? new NpgsqlBatchCommand("UPDATE api_keys SET last_used_at = $2 WHERE book = $1 AND name = $3").Add(owner.Value)
                    : new NpgsqlBatchCommand("UPDATE operator_keys SET last_used_at = $1 WHERE name = $2");
                update.Add(at.Microseconds).Add(name.Value);
                batch.BatchCommands.Add(update);
                return await batch.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

    // In one order, so that of two who change keys of one owner the second sees what the first left.
    static async Task<List<ApiKey>> LockAllAsync(BookName? book, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        var select = new NpgsqlBatchCommand(
            book is null
                ? $"{KeyRows.SelectOfOperator} ORDER BY name FOR UPDATE"
                : $"{KeyRows.SelectOfBooks} WHERE book = $1 ORDER BY name FOR UPDATE");
        if (book is { } owner)
            select.Add(owner.Value);
        batch.BatchCommands.Add(select);
        var all = new List<ApiKey>();
        await using var rows = await batch.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        while (await rows.ReadAsync(CancellationToken.None).ConfigureAwait(false))
            all.Add(KeyRows.Read(new PostgresRow(rows)));
        return all;
    }

    // The primary key waits for another transaction that takes the name, and sees what became of it.
    static async Task<bool> InsertAsync(ApiKey key, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        var insert = key.Book is not null
            ? new NpgsqlBatchCommand(
                "INSERT INTO api_keys (name, digest, created_at, revoked_at, expires_at, networks, rate_limit, book, scopes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING")
            : new NpgsqlBatchCommand(
                "INSERT INTO operator_keys (name, digest, created_at, revoked_at, expires_at, networks, rate_limit) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING");
        insert.Add(key.Name.Value).Add(key.Digest.ToBytes()).Add(key.CreatedAt.Microseconds)
            .AddOptional(key.RevokedAt?.Microseconds, NpgsqlDbType.Bigint)
            .AddOptional(key.Terms.ExpiresAt?.Microseconds, NpgsqlDbType.Bigint)
            .AddOptional(key.Terms.Networks?.Text.Value, NpgsqlDbType.Varchar)
            .AddOptional(key.Terms.RateLimit, NpgsqlDbType.Integer);
        if (key.Book is { } owner)
            insert.Add(owner.Value).Add(ScopeNames.Write(key.Scopes));
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(insert);
        return await batch.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false) > 0;
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

    /// <summary>
    /// Writes outside the journal, in a transaction of its own. A caller that goes away is noticed before it begins, and not afterwards.
    /// </summary>
    Task<T> WriteAsync<T>(Func<NpgsqlConnection, NpgsqlTransaction, Task<T>> write, CancellationToken cancellationToken) =>
        WriteAtAsync(null, async server =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isCommitting = false;
            try
            {
                await using var connection = await server.OpenWriterAsync().ConfigureAwait(false);
                await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None).ConfigureAwait(false);
                var result = await write(connection, transaction).ConfigureAwait(false);
                isCommitting = true;
                await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
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
