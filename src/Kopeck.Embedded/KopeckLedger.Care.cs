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
    public Task<VerificationResult> VerifyAsync((long Number, Digest Hash)? knownHead = null, Action<long, long>? progress = null) =>
        Task.Run(() => Verifier.Verify(database.OpenForVerification(), book, knownHead, progress));

    /// <summary>Copies the database while it is in use to a new file, complete or not at all.</summary>
    public Task BackupAsync(string path) => database.BackupAsync(path, overwrite: false, progress: null);
}
