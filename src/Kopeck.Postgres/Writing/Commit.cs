using Kopeck.Engine.Storage;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Sql;
using Kopeck.Relational.Sql;
using Kopeck.Relational.Writing;
using Npgsql;

namespace Kopeck.Postgres.Writing;

/// <summary>
/// One batch that carries its own BEGIN and COMMIT, sent in one piece. It owns its connection, which its run gives back: once sent it is
/// never cancelled, and where no answer comes in time the connection is left to a task that waits for its end.
/// </summary>
sealed class Commit : IAsyncDisposable
{
    // READ COMMITTED is what the guard needs, whatever the database's default is: a second writer waits for the row and then sees the first
    // one's.
    public const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

    readonly PostgresSource source;
    readonly NpgsqlConnection connection;
    readonly NpgsqlBatch batch;
    readonly NpgsqlBatchCommand commit = new("COMMIT");
    readonly NpgsqlBatchCommand? begin;
    NpgsqlBatchCommand? guard;
    NpgsqlBatchCommand? notice;
    NpgsqlBatchCommand? keys;
    volatile bool isLocalOnly;

    /// <summary>A commit on a connection that it disposes.</summary>
    /// <param name="isBegun">Whether the transaction was begun before.</param>
    public Commit(PostgresSource source, NpgsqlConnection connection, bool isBegun)
    {
        this.source = source;
        this.connection = connection;
        batch = new NpgsqlBatch(connection);
        if (!isBegun)
            batch.BatchCommands.Add(begin = new NpgsqlBatchCommand(Begin));
    }

    /// <summary>Adds the rows of a batch, its guard first.</summary>
    public void Add(BatchRows rows)
    {
        var place = batch.BatchCommands.Count;
        Guard.Add(batch, rows);
        guard = batch.BatchCommands[place];
        notice = CommitNotices.Tell(rows.Book, rows.Next.Head.Number);
        var writer = new PostgresTableWriter(batch, rows.Book);
        BatchTables.Write(rows, writer);
        keys = writer.Keys;
    }

    /// <summary>Adds a command.</summary>
    public void Add(NpgsqlBatchCommand command) => batch.BatchCommands.Add(command);

    /// <summary>Adds COMMIT, sends everything and waits.</summary>
    /// <param name="read">Reads the rows that commands return.</param>
    /// <returns>False when the guard raised: another node wrote first, and nothing was written.</returns>
    /// <exception cref="KeyUsedException">Nothing was written: a key of the batch is used already.</exception>
    /// <exception cref="OutcomeUnknownException">It may or may not be committed.</exception>
    /// <exception cref="StorageUnavailableException">It is not committed, and the database cannot be used now.</exception>
    public async Task<bool> RunAsync(Action<IRow>? read = null)
    {
        batch.BatchCommands.Add(commit);
        if (notice is not null)
            batch.BatchCommands.Add(notice);
        connection.Notice += OnNotice;
        var process = connection.ProcessID;
        var running = ExecuteAndReleaseAsync(read);
        try
        {
            return await StuckWriters.WaitAsync(running, source, process).ConfigureAwait(false);
        }
        catch (TimeoutException exception) when (!running.IsCompleted)
        {
            // Whatever becomes of it is looked at only through the journal.
            _ = running.ContinueWith(
                static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new OutcomeUnknownException("PostgreSQL did not answer a commit in time", exception);
        }
    }

    async Task<bool> ExecuteAndReleaseAsync(Action<IRow>? read)
    {
        try
        {
            var isWritten = await ExecuteAsync(read).ConfigureAwait(false);
            return isLocalOnly
                ? throw new OutcomeUnknownException("PostgreSQL committed, but says that a standby may not have it")
                : isWritten;
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        connection.Notice -= OnNotice;
        await batch.DisposeAsync().ConfigureAwait(false);
        await ReleaseAsync(connection).ConfigureAwait(false);
    }

    async Task<bool> ExecuteAsync(Action<IRow>? read)
    {
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            var row = new PostgresRow(reader);
            do
            {
                while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                    read?.Invoke(row);
            }
            while (await reader.NextResultAsync(CancellationToken.None).ConfigureAwait(false));
            return true;
        }
        catch (PostgresException failure) when (notice is not null && failure.BatchCommand == notice)
        {
            // That was after COMMIT: it is written, and nodes that were not told look for themselves.
            return true;
        }
        catch (PostgresException failure) when (failure.BatchCommand is { } failed && failed != commit)
        {
            // The server works in order: what failed before COMMIT keeps it from being reached.
            if (IsLoss(failure, failed))
                return false;
            if (failed == keys && failure.SqlState == PostgresErrorCodes.UniqueViolation)
                throw new KeyUsedException("An idempotency key is used already", failure);
            // What does not even begin is no bug: a standby takes no transaction that writes.
            if (failed == begin || PostgresFailures.IsStorage(failure))
                throw PostgresFailures.ToUnavailable(failure);
            throw;
        }
        catch (Exception exception) when (exception is not StorageUnavailableException && PostgresFailures.IsStorage(exception))
        {
            throw new OutcomeUnknownException("The connection to PostgreSQL was lost during a commit", exception);
        }
    }

    bool IsLoss(PostgresException failure, NpgsqlBatchCommand failed) =>
        failure.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresFailures.IdleTooLong
        || (
            failed == guard
                && failure.SqlState is PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.DivisionByZero
                    or PostgresErrorCodes.UniqueViolation);

    // "The transaction has already committed locally, but might not have been replicated to the standby." Its text depends on the server's
    // language, and what stands between may pass it on at another level than the server's own: its class stays.
    void OnNotice(object sender, NpgsqlNoticeEventArgs notice) =>
        isLocalOnly |= notice.Notice.InvariantSeverity == "WARNING" || notice.Notice.SqlState.StartsWith("01", StringComparison.Ordinal);

    /// <summary>Gives a connection back; what it began and did not end is rolled back.</summary>
    public static async Task ReleaseAsync(NpgsqlConnection connection)
    {
        try
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgresFailures.IsStorage(exception))
        {
            // Broken: the server rolls back by itself.
        }
    }
}
