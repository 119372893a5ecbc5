using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Writing;
using Npgsql;

namespace Kopeck.Postgres;

/// <content>The write path.</content>
public sealed partial class PostgresStore
{
    // A node that is stopped while it holds the lock loses it, with its transaction.
    const string LimitIdling = "SET LOCAL idle_in_transaction_session_timeout = '3s'";

    /// <inheritdoc/>
    public async ValueTask<bool> CommitAsync(BatchRows batch, IBookLock? held)
    {
        var commit = held is BookLock bookLock
            ? new Commit(source, bookLock.TakeOver(), isBegun: true)
            : new Commit(source, await source.OpenWriterAsync(CancellationToken.None), isBegun: false);
        commit.Add(batch);
        return await commit.RunAsync();
    }

    /// <inheritdoc/>
    public async ValueTask<BookRow?> BumpEpochAsync(BookName book)
    {
        var commit = new Commit(source, await source.OpenWriterAsync(CancellationToken.None), isBegun: false);
        commit.Add(new NpgsqlBatchCommand($"UPDATE books SET epoch = epoch + 1 WHERE book = $1 RETURNING {PostgresRows.BookColumns}").Add(book.Value));
        BookRow? row = null;
        await commit.RunAsync(reader => row = PostgresRows.Book(reader, 0));
        return row;
    }

    /// <summary>Who waits for a row's lock is queued.</summary>
    public bool HasFairLocks => true;

    /// <inheritdoc/>
    public bool IsRemote => true;

    /// <inheritdoc/>
    public async ValueTask<IBookLock> LockAsync(BookName book)
    {
        try
        {
            return await TryLockAsync(book);
        }
        catch (StorageUnavailableException exception) when (exception.InnerException is { } cause && PostgresFailures.IsGone(cause))
        {
            // A connection from the pool was gone; then the others are, too. Nothing was written.
            source.Writers.Clear();
            return await TryLockAsync(book);
        }
    }

    async Task<BookLock> TryLockAsync(BookName book)
    {
        var connection = await source.OpenWriterAsync(CancellationToken.None);
        var process = connection.ProcessID;
        var locking = LockAsync(connection, book);
        try
        {
            return new BookLock(connection, await StuckWriters.WaitAsync(locking, source, process));
        }
        catch (TimeoutException exception) when (!locking.IsCompleted)
        {
            // The lock may still come: then it is let go.
            _ = locking.ContinueWith(ended => Commit.ReleaseAsync(connection), TaskScheduler.Default);
            throw new StorageUnavailableException("Another node holds the book for too long", exception);
        }
        catch (Exception exception)
        {
            await Commit.ReleaseAsync(connection);
            if (PostgresFailures.IsStorage(exception))
                throw PostgresFailures.ToUnavailable(exception);
            throw;
        }
    }

    static async Task<BookRow?> LockAsync(NpgsqlConnection connection, BookName book)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Commit.Begin));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LimitIdling));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"{SelectBook} FOR UPDATE").Add(book.Value));
        await using var rows = await batch.ExecuteReaderAsync(CancellationToken.None);
        BookRow? row = null;
        do
        {
            while (await rows.ReadAsync(CancellationToken.None))
                row = PostgresRows.Book(rows, 0);
        }
        while (await rows.NextResultAsync(CancellationToken.None));
        return row;
    }

    sealed class BookLock(NpgsqlConnection connection, BookRow? row) : IBookLock
    {
        public BookRow? Row => row;

        bool isHeld = true;

        /// <summary>The commit takes the transaction and the connection over.</summary>
        public NpgsqlConnection TakeOver()
        {
            isHeld = false;
            return connection;
        }

        public async ValueTask DisposeAsync()
        {
            if (!isHeld)
                return;
            isHeld = false;
            await Commit.ReleaseAsync(connection);
        }
    }
}
