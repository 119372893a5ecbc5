using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Writing;
using Npgsql;

namespace Kopeck.Postgres;

/// <content>The write path.</content>
public sealed partial class PostgresStore
{
    // A node that is stopped while it holds the lock loses it, with its transaction.
    const string LimitIdling = "SET LOCAL idle_in_transaction_session_timeout = '3s'";

    // A batch of another node or two. The rest is read page by page.
    const int MostWithLock = 1_000;

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
    public async ValueTask<IBookLock> LockAsync(BookName book, long after = long.MaxValue) => await AgainIfGoneAsync(() => TryLockAsync(book, after));

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

    async Task<BookLock> TryLockAsync(BookName book, long after)
    {
        var connection = await source.OpenWriterAsync(CancellationToken.None);
        var process = connection.ProcessID;
        var locking = LockAsync(connection, book, after);
        try
        {
            var (row, since) = await StuckWriters.WaitAsync(locking, source, process);
            return new BookLock(connection, row, since);
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

    // What others wrote comes along: whoever waited for the lock needs it before anything else, and everybody waits while it is fetched.
    static async Task<(BookRow? Row, List<Operation> Since)> LockAsync(NpgsqlConnection connection, BookName book, long after)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Commit.Begin));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LimitIdling));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"{SelectBook} FOR UPDATE").Add(book.Value));
        batch.BatchCommands.Add(JournalAfter(book, after, MostWithLock));
        await using var rows = await batch.ExecuteReaderAsync(CancellationToken.None);
        BookRow? row = null;
        while (await rows.ReadAsync(CancellationToken.None))
            row = PostgresRows.Book(rows, 0);
        var since = new List<Operation>();
        await rows.NextResultAsync(CancellationToken.None);
        while (await rows.ReadAsync(CancellationToken.None))
            since.Add(PostgresRows.Operation(rows));
        return (row, since);
    }

    sealed class BookLock(NpgsqlConnection connection, BookRow? row, IReadOnlyList<Operation> since) : IBookLock
    {
        public BookRow? Row => row;

        public IReadOnlyList<Operation> Since => since;

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
