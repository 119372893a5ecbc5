using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Relational.Writing;
using Kopeck.Sqlite.Native;
using Kopeck.Sqlite.Writing;
using SQLitePCL;

namespace Kopeck.Sqlite;

/// <content>The write path.</content>
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public override async ValueTask<bool> CommitAsync(BatchRows batch, IBookLock? held)
    {
        if (held is not null)
            return await writer.RunAsync(connection => Commit(connection, batch, ((BookLock)held).End())).ConfigureAwait(false);
        await writing.WaitAsync().ConfigureAwait(false);
        try
        {
            return await writer.RunAsync(connection => Commit(connection, batch, isBegun: false)).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<BookRow?> BumpEpochAsync(BookName book) =>
        await WriteAsync(connection =>
        {
            using (var bump = connection.Prepare("UPDATE books SET epoch = epoch + 1 WHERE book = ?1 RETURNING epoch").Bind(book.Value))
            {
                if (!bump.Step())
                    return null;
            }

            return FindBook(connection, book);
        }).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask<IBookLock> LockAsync(BookName book, long after = long.MaxValue)
    {
        await writing.WaitAsync().ConfigureAwait(false);
        try
        {
            var row = await writer.RunAsync(connection =>
            {
                file.RequireWritable();
                connection.Execute("BEGIN IMMEDIATE");
                try
                {
                    return FindBook(connection, book);
                }
                catch
                {
                    RollBack(connection);
                    throw;
                }
            }).ConfigureAwait(false);
            return new BookLock(this, row);
        }
        catch
        {
            writing.Release();
            throw;
        }
    }

    /// <summary>Writes outside the journal, in a transaction of its own.</summary>
    async Task<T> WriteAsync<T>(Func<Connection, T> write)
    {
        await writing.WaitAsync().ConfigureAwait(false);
        try
        {
            return await writer.RunAsync(connection =>
            {
                file.RequireWritable();
                connection.Execute("BEGIN IMMEDIATE");
                try
                {
                    var result = write(connection);
                    connection.Execute("COMMIT");
                    return result;
                }
                finally
                {
                    RollBack(connection);
                }
            }).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    bool Commit(Connection connection, BatchRows batch, bool isBegun)
    {
        try
        {
            file.RequireWritable();
            if (!isBegun)
                connection.Execute("BEGIN IMMEDIATE");
            SqliteDatabase.RequireVersion(connection);
            if (!Guard.Move(connection, batch))
                return false;
            BatchTables.Write(batch, new SqliteTableWriter(connection, batch.Book));
            if (batch.ErasedCustomers.Count > 0)
                PersonalRewrite.Run(connection);
            CommitOrSay(connection);
        }
        finally
        {
            RollBack(connection);
        }

        if (isErasureOwed is null || batch.ErasedCustomers.Count > 0)
            PayErasure(connection);
        return true;
    }

    /// <summary>
    /// Commits. A full disk is known to have written nothing: SQLite rolled back, as the commit frame is the last that it writes.
    /// After any other failure the frame may be in the log without having been synced, and a crash could bring it back: unknown.
    /// </summary>
    static void CommitOrSay(Connection connection)
    {
        try
        {
            connection.Execute("COMMIT");
        }
        catch (SqliteFailureException failure) when (failure.PrimaryCode is not (raw.SQLITE_FULL or raw.SQLITE_BUSY))
        {
            throw new OutcomeUnknownException($"The commit failed: {failure.Message}", failure);
        }
    }

    static void RollBack(Connection connection)
    {
        if (connection.IsInTransaction)
            connection.Execute("ROLLBACK");
    }

    sealed class BookLock(SqliteStore store, BookRow? row) : IBookLock
    {
        public BookRow? Row => row;

        bool isHeld = true;
        bool isDisposed;

        /// <summary>The commit takes the transaction over.</summary>
        public bool End()
        {
            var wasHeld = isHeld;
            isHeld = false;
            return wasHeld;
        }

        public async ValueTask DisposeAsync()
        {
            if (isDisposed)
                return;
            isDisposed = true;
            try
            {
                if (End())
                {
                    await store.writer.RunAsync(connection =>
                    {
                        RollBack(connection);
                        return true;
                    }).ConfigureAwait(false);
                }
            }
            finally
            {
                store.writing.Release();
            }
        }
    }
}
