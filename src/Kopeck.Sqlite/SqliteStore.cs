using Kopeck.Engine.Storage;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite;

/// <summary>
/// Books in one SQLite file: one writer connection, WAL, every commit synced; readers on their own connections and threads.
/// Several processes may use the file at the same time: the guard in every batch keeps them right.
/// </summary>
public sealed partial class SqliteStore : ILedgerStore
{
    readonly DatabaseFile file;
    readonly Worker writer;
    readonly Worker readers;

    // The writer connection belongs to one transaction at a time, and a lock outlives a call.
    readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>A store on a file that exists and has the tables. Nothing is opened before the first call.</summary>
    /// <param name="path">The file.</param>
    /// <param name="readerThreads">Connections that read at the same time.</param>
    public SqliteStore(string path, int readerThreads = 3)
    {
        file = new DatabaseFile(System.IO.Path.GetFullPath(path));
        writer = new Worker("kopeck-sqlite-writer", 1, () => file.Open(ConnectionMode.Write));
        readers = new Worker("kopeck-sqlite-reader", readerThreads, () => file.Open(ConnectionMode.Read));
    }

    /// <summary>The file.</summary>
    public string Path => file.Path;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        closed.TrySetResult();
        await paying;
        await Task.Run(() =>
        {
            writer.Dispose();
            readers.Dispose();
        });
        writing.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<BookRow>> ListBooksAsync(CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                using var rows = connection.Prepare($"SELECT {SqliteRows.BookColumns} FROM books ORDER BY book");
                return ReadAll(rows, SqliteRows.Book);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<BookRow?> FindBookAsync(BookName book, CancellationToken cancellationToken) =>
        await ReadAsync(connection => FindBook(connection, book), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<BookBase?> LoadBookAsync(BookName book, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                if (FindBook(connection, book) is not { } row)
                    return null;
                using var accounts = connection.Prepare($"SELECT {SqliteRows.AccountColumns} FROM accounts WHERE book = ?1 AND kind IN (3, 4)").Bind(book.Value);
                return new BookBase(row, ReadAll(accounts, SqliteRows.Account), ReadQuotesFrom(connection, book, row.Head.At.Date));
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Found> LookUpAsync(BookName book, Needs needs, CancellationToken cancellationToken) =>
        await ReadAsync(connection => LookUp(connection, book, needs), cancellationToken);

    internal static List<T> ReadAll<T>(Statement rows, Func<Statement, T> read)
    {
        var items = new List<T>();
        while (rows.Step())
            items.Add(read(rows));
        return items;
    }

    internal static BookRow? FindBook(Connection connection, BookName book)
    {
        using var row = connection.Prepare($"SELECT {SqliteRows.BookColumns} FROM books WHERE book = ?1").Bind(book.Value);
        return row.Step() ? SqliteRows.Book(row) : null;
    }

    /// <summary>Reads in one snapshot on a reader's thread.</summary>
    Task<T> ReadAsync<T>(Func<Connection, T> read, CancellationToken cancellationToken) =>
        readers.RunAsync(
            connection =>
            {
                file.RequireSame();
                connection.Execute("BEGIN");
                try
                {
                    return read(connection);
                }
                finally
                {
                    connection.Execute("COMMIT");
                }
            },
            cancellationToken);

    static Found LookUp(Connection connection, BookName book, Needs needs)
    {
        var accounts = new List<Ledger.Accounts.Account>(needs.Accounts.Count);
        foreach (var id in needs.Accounts)
        {
            using var row = connection.Prepare($"SELECT {SqliteRows.AccountColumns} FROM accounts WHERE book = ?1 AND account = ?2").Bind(book.Value).Bind(id);
            if (row.Step())
                accounts.Add(SqliteRows.Account(row));
        }

        var customers = new List<Ledger.Customers.Customer>(needs.Customers.Count);
        foreach (var id in needs.Customers)
        {
            using var row = connection.Prepare($"SELECT {SqliteRows.CustomerColumns} FROM {SqliteRows.CustomerTables} WHERE c.book = ?1 AND c.customer = ?2").Bind(book.Value).Bind(id);
            if (row.Step())
                customers.Add(SqliteRows.Customer(row));
        }

        var keys = new Dictionary<KeyDigest, long>();
        foreach (var key in needs.Keys)
        {
            if (FindKey(connection, book, key) is { } number)
                keys.Add(key, number);
        }

        return new Found(
            FindBook(connection, book),
            accounts,
            customers,
            FindCodes(connection, book, needs.CustomerCodes, code => code.Value, "SELECT customer FROM personal_values WHERE book = ?1 AND code = ?2 AND is_current"),
            FindCodes(connection, book, needs.AccountCodes, code => code.Value, "SELECT account FROM accounts WHERE book = ?1 AND code = ?2"),
            keys);
    }

    static long? FindKey(Connection connection, BookName book, KeyDigest key)
    {
        using var row = connection.Prepare("SELECT number FROM idempotency_keys WHERE book = ?1 AND digest = ?2").Bind(book.Value).Bind(key.ToBytes());
        return row.Step() ? row.Int64(0) : null;
    }

    static Dictionary<TCode, long> FindCodes<TCode>(Connection connection, BookName book, HashSet<TCode> codes, Func<TCode, string> text, string sql)
        where TCode : notnull
    {
        var owners = new Dictionary<TCode, long>();
        foreach (var code in codes)
        {
            using var row = connection.Prepare(sql).Bind(book.Value).Bind(text(code));
            if (row.Step())
                owners.Add(code, row.Int64(0));
        }

        return owners;
    }
}
