using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>Who asked for a group, and with which key.</summary>
public readonly record struct Origin(KeyName Actor, IdempotencyKey? Key, Digest Fingerprint)
{
    /// <summary>The digest of the key, where it is at hand.</summary>
    public KeyDigest? KeyDigest { get; init; }

    /// <summary>Which batch it is an item of.</summary>
    public BatchMark? Batch { get; init; }
}
