using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Storage;

/// <summary>
/// A database of one engine: making, upgrading, copying, dropping and opening it. Methods throw <see cref="StorageUnavailableException"/>
/// that says what to do.
/// </summary>
public interface ILedgerDatabase : IAsyncDisposable
{
    /// <summary>Where it is, for people; without secrets.</summary>
    string Description { get; }

    /// <summary>The version that this program works with.</summary>
    int CurrentVersion { get; }

    /// <summary>
    /// Makes the database where it is missing, and the tables where it is empty. One that has them already stays as it is.
    /// </summary>
    Task CreateAsync(TimeProvider time);

    /// <summary>Applies the migrations that are missing; how many there were.</summary>
    Task<int> MigrateAsync(TimeProvider time);

    /// <summary>
    /// Spreads the books over several servers, each whole on one, by an extension of the database that does that; one that is spread
    /// already stays as it is.
    /// </summary>
    /// <returns>The tables that were spread now.</returns>
    Task<IReadOnlyList<string>> DistributeAsync() =>
        throw new StorageUnavailableException($"{Description} is one file: books are spread over servers by PostgreSQL with Citus");

    /// <summary>Throws unless the database is there, of this program's version, and keeps what it acknowledges.</summary>
    Task RequireCurrentAsync();

    /// <summary>Throws unless a server may be started on it: it takes writes, and its connections are its own.</summary>
    Task RequireServableAsync() => Task.CompletedTask;

    /// <summary>Looks at the database.</summary>
    Task<DatabaseInfo> InspectAsync();

    /// <summary>Copies a database that may be in use to a new file, complete or not at all.</summary>
    /// <param name="progress">Parts done and parts in all, where they are known.</param>
    Task BackupAsync(string target, bool overwrite, Action<long, long>? progress);

    /// <summary>Puts a backup in the database's place, which nobody may be using. Where it fails, what was there is there.</summary>
    /// <returns>What is not as it was, for people, though the books are whole; null where nothing is missing.</returns>
    Task<string?> RestoreAsync(string source, bool overwrite);

    /// <summary>Deletes a database that nobody uses.</summary>
    Task DropAsync();

    /// <summary>The store; disposed before the database.</summary>
    ILedgerStore OpenStore();

    /// <summary>The rows as they stand, for verification.</summary>
    IVerificationStore OpenForVerification();

    /// <summary>
    /// Makes the derived tables of a book anew from its journal. Nothing is changed when the journal itself does not verify.
    /// </summary>
    /// <returns>What is wrong with the journal, or the count of operations.</returns>
    Task<VerificationResult> RebuildAsync(BookName book, Action<long, long>? progress);
}
