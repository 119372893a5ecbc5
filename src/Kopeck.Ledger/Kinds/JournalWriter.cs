using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;

namespace Kopeck.Ledger.Kinds;

/// <summary>Numbers and chains the drafts of a group.</summary>
public static class JournalWriter
{
    /// <summary>The group's operations after a head. Without <paramref name="chain"/> (a dry run) the hashes are zero.</summary>
    public static Operation[] Seal(
        BookName book, BookSecret secret, Head head, IReadOnlyList<Draft> drafts, Instant at, Origin origin, bool chain = true)
    {
        var operations = new Operation[drafts.Count];
        var last = head.Number + drafts.Count;
        for (var index = 0; index < operations.Length; index++)
        {
            var draft = drafts[index];
            var operation = new Operation
            {
                Book = book,
                Number = head.Number + 1,
                Group = last,
                At = at,
                Actor = origin.Actor,
                Key = origin.Key,
                KeyDigest = origin.KeyDigest,
                Batch = origin.Batch,
                Fingerprint = origin.Fingerprint,
                Body = draft.Body,
                Entries = draft.Entries,
                Personal = draft.Personal,
                Canonical = chain ? new CanonicalBytes(BodyCodec.Write(draft.Body), EntriesBlob.Write(draft.Entries)) : null,
            };
            if (operation.Canonical is { } canonical)
                operation = operation with { Hash = OperationHash.Compute(secret, head.Hash, operation, canonical) };
            operations[index] = operation;
            head = operation.Head;
        }

        return operations;
    }
}
