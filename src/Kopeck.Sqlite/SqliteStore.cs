using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Relational;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;
using Kopeck.Sqlite.Native;
using Kopeck.Sqlite.Sql;

namespace Kopeck.Sqlite;

/// <summary>
/// Books in one SQLite file: one writer connection, WAL, every commit synced; look-ups and pages of lists on their own connections and
/// threads, so that no list holds up a look-up. Several processes may use the file at the same time: the guard in every batch keeps them
/// right.
/// </summary>
public sealed partial class SqliteStore : RelationalStore
{
    // Whoever comes when so many wait is told so at once; a look-up of the writer is not among them.
    const int MaxPagesWaiting = 2_000;
    const int MaxLookupsWaiting = 20_000;
    const int LookupThreads = 2;

    readonly DatabaseFile file;
    readonly Worker writer;
    readonly Worker lookups;
    readonly Worker readers;

    // The writer connection belongs to one transaction at a time, and a lock outlives a call.
    readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>A store on a file that exists and has the tables. Nothing is opened before the first call.</summary>
    /// <param name="path">The file.</param>
    /// <param name="readerThreads">Connections that read pages of lists at the same time.</param>
    public SqliteStore(string path, int readerThreads = 3)
    {
        file = new DatabaseFile(System.IO.Path.GetFullPath(path));
        writer = new Worker("kopeck-sqlite-writer", 1, int.MaxValue, () => file.Open(ConnectionMode.Write));
        lookups = new Worker("kopeck-sqlite-lookup", LookupThreads, MaxLookupsWaiting, () => file.Open(ConnectionMode.Read));
        readers = new Worker("kopeck-sqlite-reader", readerThreads, MaxPagesWaiting, () => file.Open(ConnectionMode.Read));
    }

    /// <summary>The file.</summary>
    public string Path => file.Path;

    /// <summary>The file is read in this process.</summary>
    public override bool IsRemote => false;

    /// <summary>Processes that wait for a file ask for it again and again; whoever asks first after it is free gets it.</summary>
    public override bool HasFairLocks => false;

    /// <inheritdoc/>
    protected override Dialect Dialect => SqliteDialect.Instance;

    /// <summary>The most prepared statements that any of its connections holds now, for tests.</summary>
    internal int PreparedStatements => Math.Max(lookups.PreparedStatements, readers.PreparedStatements);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        closed.TrySetResult();
        await paying.ConfigureAwait(false);
        await Task.Run(() =>
        {
            writer.Dispose();
            lookups.Dispose();
            readers.Dispose();
        }).ConfigureAwait(false);
        writing.Dispose();
    }

    /// <inheritdoc/>
    public override async ValueTask CheckAsync(CancellationToken cancellationToken) =>
        await lookups.RunAsync(
            connection =>
            {
                file.RequireWritable();
                connection.Execute("SELECT 1 FROM books LIMIT 1");
                SqliteDatabase.RequireVersion(connection);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override ValueTask<AsOf<Account?>> GetAccountNowAsync(
        BookName book, long account, KnownAccounts known, CancellationToken cancellationToken) =>
        GetAccountAsync(book, account, at: null, cancellationToken);

    /// <summary>Always in one snapshot, on a thread of the lane's.</summary>
    protected override Task ReadAsync(Lane lane, bool isSnapshot, IReadOnlyList<Query> queries, CancellationToken cancellationToken) =>
        (lane == Lane.Lookups ? lookups : readers).RunAsync(
            connection =>
            {
                file.RequireSame();
                connection.Execute("BEGIN");
                try
                {
                    foreach (var query in queries)
                        connection.Run(query);
                    return true;
                }
                finally
                {
                    connection.Execute("COMMIT");
                }
            },
            cancellationToken);

    internal static List<T> ReadAll<T>(Statement rows, Func<Statement, T> read)
    {
        var items = new List<T>();
        while (rows.Step())
            items.Add(read(rows));
        return items;
    }

    internal static BookRow? FindBook(Connection connection, BookName book)
    {
        BookRow? found = null;
        connection.Run(new Query(BookRows.Select).Add(book.Value).Read(row => found = BookRows.Read(row)));
        return found;
    }
}
