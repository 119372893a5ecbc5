using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Sql;
using Kopeck.Postgres.Writing;
using Kopeck.Relational.Rows;
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
    public override async ValueTask<bool> CommitAsync(BatchRows batch, IBookLock? held)
    {
        if (servers.Home.VersionProblem is { } problem)
            throw problem;
        if (held is not BookLock bookLock)
            return await WriteAtAsync(
                batch.Book,
                async server =>
                    await CommitAsync(server, batch, await server.OpenWriterAsync().ConfigureAwait(false), isBegun: false)
                        .ConfigureAwait(false))
                .ConfigureAwait(false);
        try
        {
            return await CommitAsync(bookLock.Server, batch, bookLock.TakeOver(), isBegun: true).ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception) when (IsGone(exception))
        {
            // The lock went with its connection: others may have written, so it is decided again.
            bookLock.Server.Writers.Clear();
            return false;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<BookRow?> BumpEpochAsync(BookName book) =>
        await WriteAtAsync(book, async server =>
        {
            var commit = new Commit(server, await server.OpenWriterAsync().ConfigureAwait(false), isBegun: false);
            commit.Add(
                new NpgsqlBatchCommand($"UPDATE books SET epoch = epoch + 1 WHERE book = $1 RETURNING {BookRows.Columns}").Add(book.Value));
            BookRow? row = null;
            // Nothing that was not committed may look like a book that is not there.
            return await commit.RunAsync(each => row = BookRows.Read(each)).ConfigureAwait(false)
                ? row
                : throw new StorageUnavailableException("The book's epoch could not be raised now");
        }).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask<IBookLock> LockAsync(BookName book, long after = long.MaxValue) =>
        await WriteAtAsync(book, server => TryLockAsync(server, book, after)).ConfigureAwait(false);

    static async Task<bool> CommitAsync(PostgresSource server, BatchRows batch, NpgsqlConnection connection, bool isBegun)
    {
        var commit = new Commit(server, connection, isBegun);
        commit.Add(batch);
        return await commit.RunAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Writes at a book's server, or for null at any: once more when a connection from the pool was gone before anything could be written;
    /// then the others are, too.
    /// </summary>
    Task<T> WriteAtAsync<T>(BookName? book, Func<PostgresSource, Task<T>> write) =>
        servers.AtAsync(book, async server =>
        {
            try
            {
                return await write(server).ConfigureAwait(false);
            }
            catch (StorageUnavailableException exception) when (IsGone(exception))
            {
                server.Writers.Clear();
                return await write(server).ConfigureAwait(false);
            }
        });

    // A commit that may have been reached is an unknown outcome instead: to send it again could write twice.
    static bool IsGone(StorageUnavailableException exception) =>
        exception is not (OutcomeUnknownException or ServerUnreachableException)
        && exception.InnerException is { } cause
        && PostgresFailures.IsGone(cause);

    static async Task<BookLock> TryLockAsync(PostgresSource server, BookName book, long after)
    {
        var connection = await server.OpenWriterAsync().ConfigureAwait(false);
        var process = connection.ProcessID;
        var locking = LockAsync(connection, book, after);
        try
        {
            var (row, missed) = await StuckWriters.WaitAsync(locking, server, process).ConfigureAwait(false);
            return new BookLock(server, connection, row, missed);
        }
        catch (TimeoutException exception) when (!locking.IsCompleted)
        {
            // The lock may still come: then it is let go.
            _ = locking.ContinueWith(ended => Commit.ReleaseAsync(connection), TaskScheduler.Default);
            throw new StorageUnavailableException("Another node holds the book for too long", exception);
        }
        catch (Exception exception)
        {
            await Commit.ReleaseAsync(connection).ConfigureAwait(false);
            if (IsStorage(exception))
                throw PostgresFailures.ToUnavailable(exception);
            throw;
        }
    }

    // What does not even begin is no bug: a standby takes no transaction that writes.
    static bool IsStorage(Exception exception) =>
        PostgresFailures.IsStorage(exception) || exception is PostgresException { BatchCommand.CommandText: Commit.Begin };

    // What others wrote comes along: whoever waited for the lock needs it before anything else, and everybody waits while it is fetched.
    static async Task<(BookRow? Row, List<Operation> Missed)> LockAsync(NpgsqlConnection connection, BookName book, long after)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Commit.Begin));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LimitIdling));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"{BookRows.Select} FOR UPDATE").Add(book.Value));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(OperationRows.SelectAfter).Add(book.Value).Add(after).Add((long)MostWithLock));
        await using var rows = await batch.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        var each = new PostgresRow(rows);
        BookRow? row = null;
        while (await rows.ReadAsync(CancellationToken.None).ConfigureAwait(false))
            row = BookRows.Read(each);
        var missed = new List<Operation>();
        await rows.NextResultAsync(CancellationToken.None).ConfigureAwait(false);
        while (await rows.ReadAsync(CancellationToken.None).ConfigureAwait(false))
            missed.Add(OperationRows.Read(each));
        return (row, missed);
    }

    sealed class BookLock(
        PostgresSource server, NpgsqlConnection connection, BookRow? row, IReadOnlyList<Operation> missed) : IBookLock
    {
        public PostgresSource Server => server;

        public BookRow? Row => row;

        public IReadOnlyList<Operation> Missed => missed;

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
            await Commit.ReleaseAsync(connection).ConfigureAwait(false);
        }
    }
}
