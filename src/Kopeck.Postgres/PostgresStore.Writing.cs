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
        if (held is not BookLock bookLock)
            return await AgainIfGoneAsync(async () => await CommitAsync(batch, await source.OpenWriterAsync(CancellationToken.None), isBegun: false));
        try
        {
            return await CommitAsync(batch, bookLock.TakeOver(), isBegun: true);
        }
        catch (StorageUnavailableException exception) when (IsGone(exception))
        {
            // The lock went with its connection: others may have written, so it is decided again.
            source.Writers.Clear();
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<BookRow?> BumpEpochAsync(BookName book) =>
        await AgainIfGoneAsync(async () =>
        {
            var commit = new Commit(source, await source.OpenWriterAsync(CancellationToken.None), isBegun: false);
            commit.Add(new NpgsqlBatchCommand($"UPDATE books SET epoch = epoch + 1 WHERE book = $1 RETURNING {PostgresRows.BookColumns}").Add(book.Value));
            BookRow? row = null;
            // Nothing that was not committed may look like a book that is not there.
            return await commit.RunAsync(reader => row = PostgresRows.Book(reader, 0)) ? row : throw new StorageUnavailableException("The book's epoch could not be raised now");
        });

    /// <summary>Who waits for a row's lock is queued.</summary>
    public bool HasFairLocks => true;

    /// <inheritdoc/>
    public bool IsRemote => true;

    /// <inheritdoc/>
    public async ValueTask<IBookLock> LockAsync(BookName book) => await AgainIfGoneAsync(() => TryLockAsync(book));

    async Task<bool> CommitAsync(BatchRows batch, NpgsqlConnection connection, bool isBegun)
    {
        var commit = new Commit(source, connection, isBegun);
        commit.Add(batch);
        return await commit.RunAsync();
    }

    /// <summary>Writes once more when a connection from the pool was gone before anything could be written; then the others are, too.</summary>
    async Task<T> AgainIfGoneAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (StorageUnavailableException exception) when (IsGone(exception))
        {
            source.Writers.Clear();
            return await write();
        }
    }

    // A commit that may have been reached is an unknown outcome instead: to send it again could write twice.
    static bool IsGone(StorageUnavailableException exception) => exception is not OutcomeUnknownException && exception.InnerException is { } cause && PostgresFailures.IsGone(cause);

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
