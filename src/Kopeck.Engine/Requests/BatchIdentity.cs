using System.Security.Cryptography;
using Kopeck.Engine.Execution;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Requests;

/// <summary>
/// What makes a batch the same batch: its key, whether it is atomic, and every item with its own key, in order. See docs/journal.md,
/// Fingerprints.
/// </summary>
static class BatchIdentity
{
    /// <summary>A batch as the book's writer takes it.</summary>
    public static Submission ToSubmission(Caller caller, IReadOnlyList<Request> items, bool isAtomic, bool isDryRun, IdempotencyKey? key)
    {
        if (key is not { } batchKey)
            return new Submission(caller, items, isAtomic, isDryRun);
        // An item may bring the batch's key as its own: then that operation does not stand for another request.
        var digest = KeyDigest.Of(batchKey);
        var isApart = !items.Any(item => item.KeyDigest == digest);
        return new Submission(caller, Identify(batchKey, items, isAtomic), isAtomic, isDryRun) { BatchKey = isApart ? digest : null };
    }

    /// <summary>
    /// The items, with keys made of the batch's key where they bring none, and those with fingerprints that cover the whole batch. So a
    /// batch that was sent with other contents is told by any of its items that was done.
    /// </summary>
    static Request[] Identify(IdempotencyKey batchKey, IReadOnlyList<Request> items, bool isAtomic)
    {
        var fingerprints = new Digest[items.Count];
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        whole.AppendData("kopeck-batch-1"u8);
        whole.AppendData([isAtomic ? (byte)1 : (byte)0]);
        Span<byte> bytes = stackalloc byte[2 * Digest.Length];
        for (var place = 0; place < fingerprints.Length; place++)
        {
            // An item that cannot be read is zeros: it has no effect, whatever it is.
            if (items[place].Command is { } command)
                fingerprints[place] = Fingerprint.Of(command, null, null);
            (items[place].Key is { } own ? Digest.Of(System.Text.Encoding.ASCII.GetBytes(own.Value)) : default).CopyTo(bytes);
            fingerprints[place].CopyTo(bytes[Digest.Length..]);
            whole.AppendData(bytes);
        }

        var batch = new Digest(whole.GetHashAndReset());
        var identified = new Request[items.Count];
        for (var place = 0; place < identified.Length; place++)
        {
            var item = items[place];
            if (item.Key is null && item.Command is not null)
            {
                fingerprints[place].CopyTo(bytes);
                batch.CopyTo(bytes[Digest.Length..]);
                item = item with { Key = BatchKeys.Derive(batchKey, place), Fingerprint = Digest.Of(bytes) };
            }

            identified[place] = item;
        }

        return identified;
    }
}
