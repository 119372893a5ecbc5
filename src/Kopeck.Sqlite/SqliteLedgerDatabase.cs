using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Sqlite.Verification;

namespace Kopeck.Sqlite;

/// <summary>A SQLite file as a database of books.</summary>
public sealed class SqliteLedgerDatabase(string path) : ILedgerDatabase
{
    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <inheritdoc/>
    public string Description => Path;

    /// <inheritdoc/>
    public int CurrentVersion => SqliteDatabase.CurrentVersion;

    /// <inheritdoc/>
    public Task CreateAsync(TimeProvider time) => Task.Run(() => SqliteDatabase.Create(Path, time));

    /// <inheritdoc/>
    public Task<int> MigrateAsync(TimeProvider time) => Task.Run(() => SqliteDatabase.Migrate(Path, time));

    /// <inheritdoc/>
    public Task RequireCurrentAsync() => Task.Run(() => SqliteDatabase.RequireCurrent(Path));

    /// <inheritdoc/>
    public Task<DatabaseInfo> InspectAsync() => Task.Run(() => SqliteDatabase.Inspect(Path));

    /// <inheritdoc/>
    public Task BackupAsync(string target, bool overwrite, Action<long, long>? progress) =>
        Task.Run(() => SqliteDatabase.Backup(Path, target, overwrite, progress is null ? null : (done, total) => progress(done, total)));

    /// <inheritdoc/>
    public async Task<string?> RestoreAsync(string source, bool overwrite)
    {
        await Task.Run(() => SqliteDatabase.Restore(source, Path, overwrite)).ConfigureAwait(false);
        return null;
    }

    /// <inheritdoc/>
    public Task DropAsync() => Task.Run(() => SqliteDatabase.Drop(Path));

    /// <inheritdoc/>
    public ILedgerStore OpenStore() => new SqliteStore(Path);

    /// <inheritdoc/>
    public IVerificationStore OpenForVerification() => new SqliteVerificationStore(Path);

    /// <inheritdoc/>
    public Task<VerificationResult> RebuildAsync(BookName book, Action<long, long>? progress) =>
        Task.Run(() => SqliteRebuild.Rebuild(Path, book, progress));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
