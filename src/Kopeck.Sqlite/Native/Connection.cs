using SQLitePCL;

namespace Kopeck.Sqlite.Native;

/// <summary>What a connection is for.</summary>
enum ConnectionMode
{
    /// <summary>Reads only; sees each commit as soon as it is made.</summary>
    Read,

    /// <summary>Reads and writes durably.</summary>
    Write,

    /// <summary>Makes the file if there is none, then as <see cref="Write"/>.</summary>
    Create,
}

/// <summary>A connection to a database file with its prepared statements. For one thread at a time.</summary>
sealed class Connection : IDisposable
{
    // More than the ledger's own texts with all their filters and directions; whatever else comes, no more than this is kept.
    const int MaxStatements = 160;

    readonly Dictionary<string, LinkedListNode<(string Text, Statement Statement)>> statements = new(StringComparer.Ordinal);
    readonly LinkedList<(string Text, Statement Statement)> byUse = new();

    static Connection() => Batteries_V2.Init();

    /// <summary>Opens a file. Throws <see cref="SqliteFailureException"/>.</summary>
    public Connection(string path, ConnectionMode mode)
    {
        var flags = raw.SQLITE_OPEN_NOMUTEX | mode switch
        {
            ConnectionMode.Read => raw.SQLITE_OPEN_READWRITE,
            ConnectionMode.Write => raw.SQLITE_OPEN_READWRITE,
            _ => raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE,
        };
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        Handle = handle;
        if (code != raw.SQLITE_OK)
        {
            var failure = new SqliteFailureException(code, $"{raw.sqlite3_errstr(code).utf8_to_string()}: {path}");
            Handle.Dispose();
            throw failure;
        }

        try
        {
            Configure(mode);
        }
        catch
        {
            Handle.Dispose();
            throw;
        }
    }

    Connection(sqlite3 handle) => Handle = handle;

    public sqlite3 Handle { get; }

    /// <summary>
    /// Asked before closing: whether the path has another file by now, which the log that the last connection would bring in at its close
    /// does not belong to.
    /// </summary>
    public Func<bool>? IsReplaced { get; set; }

    public bool IsInTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>The file alone, without its write-ahead log and without locks: what checkpoints have brought into it.</summary>
    public static Connection OpenImmutable(string path)
    {
        var uri = "file:" + Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal) + "?immutable=1";
        var code = raw.sqlite3_open_v2(uri, out var handle, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code == raw.SQLITE_OK)
            return new Connection(handle);
        handle.Dispose();
        throw new SqliteFailureException(code, $"cannot open {path}");
    }

    /// <summary>How many statements are prepared. May be asked on any thread.</summary>
    public int PreparedStatements => statements.Count;

    /// <summary>
    /// A statement that stays prepared as long as it is among the last ones used. Whoever holds several uses each before many others are
    /// prepared.
    /// </summary>
    public Statement Prepare(string sql)
    {
        if (statements.TryGetValue(sql, out var found))
        {
            byUse.Remove(found);
            byUse.AddFirst(found);
            return found.Value.Statement.Take();
        }

        for (var oldest = byUse.Last; statements.Count >= MaxStatements && oldest is not null;)
        {
            var before = oldest.Previous;
            if (!oldest.Value.Statement.IsHeld)
            {
                statements.Remove(oldest.Value.Text);
                byUse.Remove(oldest);
                oldest.Value.Statement.Close();
            }

            oldest = before;
        }

        var statement = new Statement(Handle, sql);
        statements.Add(sql, byUse.AddFirst((sql, statement)));
        return statement.Take();
    }

    public void Execute(string sql) => Prepare(sql).Execute();

    /// <summary>Runs statements that are not kept, such as those of a migration.</summary>
    public void ExecuteScript(string sql)
    {
        var code = raw.sqlite3_exec(Handle, sql);
        if (code != raw.SQLITE_OK)
            throw new SqliteFailureException(raw.sqlite3_extended_errcode(Handle), raw.sqlite3_errmsg(Handle).utf8_to_string());
    }

    public void Dispose()
    {
        foreach (var (_, statement) in byUse)
            statement.Close();
        if (IsReplaced?.Invoke() is true)
            _ = raw.sqlite3_db_config(Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        Handle.Dispose();
    }

    void Configure(ConnectionMode mode)
    {
        ExecuteScript("PRAGMA busy_timeout=10000; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY");
        if (mode == ConnectionMode.Read)
        {
            // Whatever was read lately is in the kernel's memory: a long list need not be in ours, too.
            ExecuteScript("PRAGMA query_only=ON; PRAGMA cache_size=-2000");
            return;
        }

        // Acknowledged means durable: every commit is synced. Erased means gone: freed bytes are overwritten.
        // The rules uphold the references; the database checks them again when a database is verified, not on every row.
        ExecuteScript(
            "PRAGMA cache_size=-8000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=OFF; PRAGMA cell_size_check=ON");
    }
}
