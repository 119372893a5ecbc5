using Kopeck.Engine.Storage;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite;

/// <summary>
/// The database file that this node opened, watched for being replaced: SQLite goes on with the old file when another one is put
/// in its place, and what it acknowledged then would be lost.
/// </summary>
sealed class DatabaseFile
{
    readonly Lock gate = new();
    readonly string path;
    readonly string logPath;
    FileIdentity opened;
    FileIdentity openedLog;
    FileIdentity lastSeen;
    Dictionary<string, (long Number, string FirstHash)> checkpointed = [];

    public DatabaseFile(string path)
    {
        this.path = path;
        logPath = path + "-wal";
    }

    public string Path => path;

    /// <summary>Opens a connection and, the first time, remembers which file it is.</summary>
    public Connection Open(ConnectionMode mode)
    {
        if (!FileIdentity.Of(path).Exists)
            throw Seen().Opened.Exists
                ? Replaced("it is gone")
                : new StorageUnavailableException("There is no database file: make one with `kopeck db create`");
        var connection = new Connection(path, mode);
        try
        {
            // The first read makes sure that the write-ahead log is there.
            connection.Execute("SELECT count(*) FROM sqlite_schema");
            Remember();
            connection.IsReplaced = IsReplaced;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Throws <see cref="StorageReplacedException"/> when the path leads to another file than the one that is open.</summary>
    public void RequireSame()
    {
        var (first, firstLog, last) = Seen();
        var now = FileIdentity.Of(path);
        if (!now.Exists)
            throw Replaced("it is gone");
        if (!now.IsSameFile(first))
            throw Replaced("another file is in its place");
        var log = FileIdentity.Of(logPath);
        if (firstLog.Exists && !log.IsSameFile(firstLog))
            throw Replaced("its write-ahead log was taken away");
        if (now.Size != last.Size || now.ChangedAt != last.ChangedAt)
            RequireForward(now);
    }

    bool IsReplaced()
    {
        try
        {
            RequireSame();
            return false;
        }
        catch (StorageReplacedException)
        {
            return true;
        }
    }

    /// <summary>
    /// As <see cref="RequireSame"/>, and throws <see cref="StorageUnavailableException"/> when nobody may write the file: also for root,
    /// whom the mode does not stop.
    /// </summary>
    public void RequireWritable()
    {
        RequireSame();
        if (!FileIdentity.Of(path).IsWritable)
            throw new StorageUnavailableException("The database file is read-only");
    }

    // Wider than a word each: read without the gate, half of one and half of another could look like a third file.
    (FileIdentity Opened, FileIdentity OpenedLog, FileIdentity LastSeen) Seen()
    {
        lock (gate)
            return (opened, openedLog, lastSeen);
    }

    void Remember()
    {
        lock (gate)
        {
            var now = FileIdentity.Of(path);
            var log = FileIdentity.Of(logPath);
            if (!opened.Exists)
            {
                opened = now;
                lastSeen = now;
                checkpointed = ReadCheckpointed() ?? [];
            }

            if (!openedLog.Exists)
                openedLog = log;
        }
    }

    /// <summary>
    /// The file itself changes only by checkpoints, which move books forward: a head that went back, or another book, is another file's
    /// content copied over this one.
    /// </summary>
    void RequireForward(FileIdentity now)
    {
        lock (gate)
        {
            // Null while a checkpoint is under way: the next call looks again.
            if (ReadCheckpointed() is not { } found)
                return;
            foreach (var (book, (number, firstHash)) in checkpointed)
            {
                if (!found.TryGetValue(book, out var head))
                    throw Replaced($"book {book} is gone from it");
                if (head.Number < number || head.FirstHash != firstHash)
                    throw Replaced($"book {book} went back from operation {number} to {head.Number}, or is another one");
            }

            checkpointed = found;
            lastSeen = now;
        }
    }

    /// <summary>The books' heads in the file without its log; null when it cannot be read just now.</summary>
    Dictionary<string, (long Number, string FirstHash)>? ReadCheckpointed()
    {
        try
        {
            using var connection = Connection.OpenImmutable(path);
            using var rows = connection.Prepare("SELECT book, head_number, first_hash FROM books");
            var heads = new Dictionary<string, (long, string)>(StringComparer.Ordinal);
            while (rows.Step())
                heads.Add(rows.Text(0), (rows.Int64(1), rows.Digest(2).ToString()));
            return heads;
        }
        catch (Exception exception) when (exception is SqliteFailureException or ArgumentException)
        {
            return null;
        }
    }

    static StorageReplacedException Replaced(string how) => new($"The database file was replaced: {how}");
}
