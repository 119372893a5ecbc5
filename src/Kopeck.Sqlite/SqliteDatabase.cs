using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;
using Kopeck.Sqlite.Native;
using Kopeck.Sqlite.Sql;
using SQLitePCL;

namespace Kopeck.Sqlite;

/// <summary>Making, upgrading, copying and dropping database files.</summary>
public static class SqliteDatabase
{
    const int PagesAStep = 256;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    const string AnotherProgram = "The file is a SQLite database of another program";

    /// <summary>The migrations that this program knows, by version.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = Migration.ReadAll(typeof(SqliteDatabase).Assembly, "sqlite");

    /// <summary>The version that this program works with.</summary>
    public static int CurrentVersion => Migrations[^1].Version;

    /// <summary>
    /// Makes the tables in a new file, readable by its owner only, or in an empty database. One that has them already stays as it is.
    /// </summary>
    public static void Create(string path, TimeProvider time)
    {
        path = System.IO.Path.GetFullPath(path);
        RequireFile(path);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            CreateOwnersFile(path);
        }

        using var connection = Open(path, ConnectionMode.Create);
        if (VersionOf(connection) == 0)
            Apply(connection, time);
    }

    /// <summary>Applies the migrations that are missing; how many there were.</summary>
    public static int Migrate(string path, TimeProvider time)
    {
        RequireExists(path);
        using (var looking = Open(path, ConnectionMode.Read))
        {
            var version = VersionOf(looking);
            Migration.RequireKnown(version, Migrations);
            if (version == CurrentVersion)
                return 0;
        }

        try
        {
            RequireUnused(path);
        }
        catch (StorageUnavailableException exception)
        {
            throw Migration.InUse(path, exception);
        }

        using var connection = Open(path, ConnectionMode.Write);
        return Apply(connection, time);
    }

    /// <summary>Throws when the tables became those of another version while this program works with them.</summary>
    internal static void RequireVersion(Connection connection)
    {
        using var rows = connection.Prepare("SELECT coalesce(max(version), 0) FROM schema_migrations");
        if (rows.Step() && rows.Int64(0) is var version && version != CurrentVersion)
            throw Migration.ChangedMeanwhile((int)version, Migrations);
    }

    /// <summary>
    /// Throws <see cref="StorageUnavailableException"/> that says what to run, unless the database is there and of this program's version.
    /// </summary>
    public static void RequireCurrent(string path)
    {
        RequireExists(path);
        RequireOneName(path);
        using var connection = Open(path, ConnectionMode.Read);
        Migration.RequireCurrent(path, VersionOf(connection), Migrations);
        RequireNoHooks(connection);
    }

    /// <summary>Looks at a database.</summary>
    public static DatabaseInfo Inspect(string path)
    {
        RequireExists(path);
        using var connection = Open(path, ConnectionMode.Read);
        var version = VersionOf(connection);
        var books = new List<BookRow>();
        if (version > 0)
        {
            connection.Run(new Query($"SELECT {BookRows.Columns} FROM books ORDER BY book").Read(row => books.Add(BookRows.Read(row))));
        }

        var log = new FileInfo(path + "-wal");
        return new DatabaseInfo(version, new FileInfo(path).Length + (log.Exists ? log.Length : 0), new BookList(books, []));
    }

    /// <summary>Copies a database that may be in use to a new file, complete or not at all.</summary>
    /// <param name="progress">Pages done and pages in all.</param>
    public static void Backup(string path, string target, bool overwrite, Action<int, int>? progress)
    {
        RequireExists(path);
        target = System.IO.Path.GetFullPath(target);
        RequireFile(target);
        if (File.Exists(target) && !overwrite)
            throw new IOException($"{target} exists: name another file, or overwrite it with --force");
        var temporary = target + ".part";
        File.Delete(temporary);
        CreateOwnersFile(temporary);
        try
        {
            using (var source = Open(path, ConnectionMode.Read))
            using (var copy = Open(temporary, ConnectionMode.Create))
            {
                Copy(source, copy, progress);
                copy.ExecuteScript("PRAGMA journal_mode=DELETE");
            }

            Sync(temporary);
            File.Move(temporary, target, overwrite);
            DurableFolder.Sync(target);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>
    /// Puts a backup in a database's place. Refuses a source that is not a sound Kopeck database, and a target that is in use.
    /// </summary>
    public static void Restore(string source, string path, bool overwrite)
    {
        if (!File.Exists(source))
            throw new StorageUnavailableException($"There is no backup {source}");
        path = System.IO.Path.GetFullPath(path);
        RequireFile(source);
        RequireFile(path);
        if (File.Exists(path))
        {
            if (!overwrite)
                throw new IOException($"{path} exists: move it away, or overwrite it with --force");
            RequireUnused(path);
        }

        var temporary = path + ".part";
        File.Delete(temporary);
        CreateOwnersFile(temporary);
        try
        {
            using (var from = Open(source, ConnectionMode.Read))
            {
                RequireSound(from, source);
                using var copy = Open(temporary, ConnectionMode.Create);
                Copy(from, copy, null);
                copy.ExecuteScript("PRAGMA journal_mode=DELETE");
            }

            Sync(temporary);
            File.Delete(path + "-wal");
            File.Delete(path + "-shm");
            File.Move(temporary, path, overwrite: true);
            DurableFolder.Sync(path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Deletes a database that nobody uses.</summary>
    public static void Drop(string path)
    {
        RequireExists(path);
        RequireUnused(path);
        File.Delete(path);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
    }

    internal static Connection Open(string path, ConnectionMode mode)
    {
        try
        {
            return new Connection(path, mode);
        }
        catch (SqliteFailureException failure)
        {
            throw failure.ToStorageException();
        }
    }

    static int VersionOf(Connection connection)
    {
        try
        {
            using (
                var columns =
                    connection.Prepare("SELECT coalesce(group_concat(name, ' '), '') FROM pragma_table_info('schema_migrations')"))
            {
                switch (columns.Step() ? columns.Text(0) : "")
                {
                    case "":
                        return RequireEmpty(connection);
                    case "version name applied_at":
                        throw Migration.MadeByAnUnreleasedVersion();
                    case not "version name checksum applied_at":
                        throw new StorageUnavailableException(AnotherProgram);
                }
            }

            using var rows = connection.Prepare("SELECT version, checksum FROM schema_migrations");
            return Migration.VersionOf(SqliteStore.ReadAll(rows, row => ((int)row.Int64(0), row.Bytes(1))), Migrations);
        }
        catch (SqliteFailureException failure)
        {
            throw failure.ToStorageException();
        }
    }

    static int RequireEmpty(Connection connection)
    {
        using var tables = connection.Prepare("SELECT count(*) FROM sqlite_schema");
        return tables.Step() && tables.Int64(0) == 0 ? 0 : throw new StorageUnavailableException(AnotherProgram);
    }

    static int Apply(Connection connection, TimeProvider time)
    {
        var count = 0;
        foreach (var migration in Migrations)
        {
            connection.Execute("BEGIN IMMEDIATE");
            try
            {
                // Another process may have applied it in the meantime.
                if (VersionOf(connection) < migration.Version)
                {
                    connection.ExecuteScript(migration.Sql);
                    connection.Prepare("INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)")
                        .Bind(migration.Version).Bind(migration.Name).Bind(migration.Checksum)
                            .Bind(Instant.From(time.GetUtcNow()).Microseconds).Execute();
                    count++;
                }

                connection.Execute("COMMIT");
            }
            catch (SqliteFailureException failure)
            {
                if (connection.IsInTransaction)
                    connection.Execute("ROLLBACK");
                throw failure.ToStorageException();
            }
        }

        return count;
    }

    static void Copy(Connection source, Connection target, Action<int, int>? progress)
    {
        using var pause = new ManualResetEventSlim();
        using var backup = raw.sqlite3_backup_init(target.Handle, "main", source.Handle, "main");
        while (true)
        {
            var code = raw.sqlite3_backup_step(backup, PagesAStep);
            var total = raw.sqlite3_backup_pagecount(backup);
            progress?.Invoke(total - raw.sqlite3_backup_remaining(backup), total);
            if (code == raw.SQLITE_DONE)
                return;
            if (code is not (raw.SQLITE_OK or raw.SQLITE_BUSY or raw.SQLITE_LOCKED))
                throw new SqliteFailureException(code, raw.sqlite3_errmsg(target.Handle).utf8_to_string()).ToStorageException();
            // Somebody writes: for a moment, or for as long as his own disk takes.
            if (code != raw.SQLITE_OK)
                pause.Wait(Pause);
        }
    }

    static void RequireSound(Connection connection, string path)
    {
        var version = VersionOf(connection);
        if (version == 0)
            throw new StorageUnavailableException($"{path} is not a Kopeck database");
        Migration.RequireKnown(version, Migrations);
        RequireNoHooks(connection);
        using var check = connection.Prepare("PRAGMA integrity_check(1)");
        if (!check.Step() || check.Text(0) != "ok")
            throw new StorageUnavailableException($"{path} is damaged: {check.Text(0)}");
    }

    // The ledger makes no trigger and no view: what a backup brings of them acts behind its back.
    static void RequireNoHooks(Connection connection)
    {
        using var hooks = connection.Prepare(
            "SELECT type || ' ' || name || ' on ' || tbl_name FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY 1 LIMIT 1");
        if (hooks.Step())
            throw Migration.HasHook("the " + hooks.Text(0));
    }

    // Each name of a file has a write-ahead log of its own: what is written by one name is not seen by the other, and lost.
    static void RequireOneName(string path)
    {
        if (FileIdentity.Of(path).Names > 1)
            throw new StorageUnavailableException(
                $"The file {path} has another name, too (a hard link), by which another server could write it unseen: leave it one name");
    }

    /// <summary>A live server keeps the write-ahead log open, and an exclusive lock is not to be had beside it.</summary>
    static void RequireUnused(string path)
    {
        try
        {
            using var connection = new Connection(path, ConnectionMode.Write);
            connection.ExecuteScript(
                "PRAGMA busy_timeout=200; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT; PRAGMA journal_mode=DELETE");
        }
        catch (SqliteFailureException failure) when (failure.IsBusy)
        {
            throw new StorageUnavailableException($"{path} is in use: stop the server first", failure);
        }
        catch (SqliteFailureException failure) when (failure.PrimaryCode is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT)
        {
            // What is no database is used by nobody.
        }
    }

    static void RequireExists(string path)
    {
        RequireFile(path);
        if (!File.Exists(path))
            throw new StorageUnavailableException($"There is no database file {path}: make one with `kopeck db create`");
    }

    // A device reads as an empty database, and takes what is written for nothing.
    static void RequireFile(string path)
    {
        if (FileIdentity.Of(path) is { Exists: true, IsFile: false })
            throw new StorageUnavailableException($"{path} is a folder, a device or a pipe: name a file");
    }

    static void CreateOwnersFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
    }

    static void Sync(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
