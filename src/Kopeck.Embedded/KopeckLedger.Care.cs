using Kopeck.Api;
using Kopeck.Engine.Storage;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Journal;

namespace Kopeck.Embedded;

public sealed partial class KopeckLedger
{
    /// <summary>
    /// Replays the whole book and compares everything that can be derived: hashes, entries, balances, accounts, quotes, keys. Runs beside
    /// everything else.
    /// </summary>
    /// <param name="knownHead">A head that was noted elsewhere: then a rewritten or shortened tail is found too.</param>
    /// <param name="progress">Operations done and in all.</param>
    /// <returns>The first thing that is wrong, if any.</returns>
    /// <exception cref="LedgerException">The database cannot be read.</exception>
    public async Task<VerificationResult> VerifyAsync(
        (long Number, Digest Hash)? knownHead = null, Action<long, long>? progress = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Task.Run(
                () => Verifier.Verify(database.OpenForVerification(), book, knownHead, Watching(progress, cancellationToken)),
                cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception)
        {
            throw Failure(exception);
        }
    }

    /// <summary>Copies the database while it is in use to a new file, complete or not at all.</summary>
    /// <exception cref="LedgerException">It cannot be read, or the file not written.</exception>
    public async Task BackupAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await database.BackupAsync(path, overwrite: false, Watching(null, cancellationToken)).ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception)
        {
            throw Failure(exception);
        }
    }

    // Long work tells its progress, and ends there when it is no more wanted.
    static Action<long, long> Watching(Action<long, long>? progress, CancellationToken cancellationToken) => (done, total) =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Invoke(done, total);
    };
}
