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
    /// <summary>
    /// A batch as the book's writer takes it. Items without a key of their own, or with the batch's, get keys that are made of the batch's.
    /// </summary>
    public static Submission ToSubmission(Caller caller, IReadOnlyList<Request> items, bool isAtomic, bool isDryRun, IdempotencyKey? key)
    {
        if (key is not { } batchKey)
            return new Submission(caller, items, isAtomic, isDryRun);
        var digest = KeyDigest.Of(batchKey);
        var keyed = new Request[items.Count];
        for (var place = 0; place < keyed.Length; place++)
        {
            var item = items[place];
            keyed[place] = (item.Key is null && item.Command is not null) || item.KeyDigest == digest
                ? item with { Key = BatchKeys.Derive(batchKey, place) }
                : item;
        }

        return new Submission(caller, keyed, isAtomic, isDryRun) { Batch = new BatchMark(digest, ContentsOf(items, isAtomic)) };
    }

    static Digest ContentsOf(IReadOnlyList<Request> items, bool isAtomic)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        whole.AppendData("kopeck-batch-1"u8);
        whole.AppendData([isAtomic ? (byte)1 : (byte)0]);
        Span<byte> bytes = stackalloc byte[2 * Digest.Length];
        foreach (var item in items)
        {
            (item.Key is { } own ? Digest.Of(System.Text.Encoding.ASCII.GetBytes(own.Value)) : default).CopyTo(bytes);
            // An item that cannot be read is zeros: it has no effect, whatever it is.
            (item.Command is { } command ? Fingerprint.Of(command, null, null) : default).CopyTo(bytes[Digest.Length..]);
            whole.AppendData(bytes);
        }

        return new Digest(whole.GetHashAndReset());
    }
}
