using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Sqlite;

namespace Kopeck.Embedded;

/// <summary>
/// A database of one ledger that is gone with it: a file in the machine's memory file system, or in the folder for temporary files where
/// there is none. So it is the same store as on a disk, with all that tests should meet.
/// </summary>
sealed class MemoryDatabase : ILedgerDatabase
{
    const string MemoryFiles = "/dev/shm";

    readonly string folder;
    readonly SqliteLedgerDatabase file;

    public MemoryDatabase()
    {
        folder = MakeFolder();
        file = new SqliteLedgerDatabase(Path.Combine(folder, "ledger.db"));
    }

    public string Description => KopeckLedger.Memory;

    public int CurrentVersion => file.CurrentVersion;

    public Task CreateAsync(TimeProvider time) => file.CreateAsync(time);

    public Task<int> MigrateAsync(TimeProvider time) => file.MigrateAsync(time);

    public Task RequireCurrentAsync() => file.RequireCurrentAsync();

    public Task<DatabaseInfo> InspectAsync() => file.InspectAsync();

    public Task BackupAsync(string target, bool overwrite, Action<long, long>? progress) => file.BackupAsync(target, overwrite, progress);

    public Task<string?> RestoreAsync(string source, bool overwrite) => file.RestoreAsync(source, overwrite);

    public Task DropAsync() => file.DropAsync();

    public ILedgerStore OpenStore() => file.OpenStore();

    public IVerificationStore OpenForVerification() => file.OpenForVerification();

    public Task<VerificationResult> RebuildAsync(BookName book, Action<long, long>? progress) => file.RebuildAsync(book, progress);

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync().ConfigureAwait(false);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    static string MakeFolder()
    {
        var name = "kopeck-memory-" + Path.GetRandomFileName();
        if (Directory.Exists(MemoryFiles))
        {
            try
            {
                return Directory.CreateDirectory(Path.Combine(MemoryFiles, name)).FullName;
            }
            catch (UnauthorizedAccessException)
            {
                // Not for this user: the other place will do.
            }
        }

        return Directory.CreateTempSubdirectory("kopeck-memory-").FullName;
    }
}
