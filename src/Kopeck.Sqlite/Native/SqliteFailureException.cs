using Kopeck.Engine.Storage;
using SQLitePCL;

namespace Kopeck.Sqlite.Native;

/// <summary>SQLite refused a call.</summary>
/// <param name="code">The extended result code.</param>
sealed class SqliteFailureException(int code, string message) : Exception(message)
{
    public int Code => code;

    public int PrimaryCode => code & 0xff;

    public bool IsConstraint => PrimaryCode == raw.SQLITE_CONSTRAINT;

    public bool IsBusy => PrimaryCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>Whether the connection should not be used again.</summary>
    public bool BreaksConnection =>
        PrimaryCode is raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL
            or raw.SQLITE_NOMEM;

    /// <summary>The exception that callers see.</summary>
    public Exception ToStorageException() => PrimaryCode switch
    {
        raw.SQLITE_FULL => new StorageUnavailableException("The disk is full", this),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => new StorageUnavailableException("The database file is read-only", this),
        raw.SQLITE_CANTOPEN => new StorageUnavailableException("The database file cannot be opened", this),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StorageUnavailableException("Another process holds the database for too long", this),
        raw.SQLITE_IOERR => new StorageUnavailableException("The database file cannot be read or written", this),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new StorageUnavailableException("The database file is damaged", this),
        raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_INTERRUPT =>
            new StorageUnavailableException($"SQLite cannot go on: {Message}", this),
        _ => this,
    };
}
