using System.Globalization;
using System.Text;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Requests;

/// <summary>The keys of a batch's items that bring none of their own.</summary>
public static class BatchKeys
{
    const string LongStem = "sha256:";

    /// <summary>
    /// The batch's key, <c>#</c> and the item's place from 0; with the SHA-256 digest of a key that would become too long.
    /// </summary>
    public static IdempotencyKey Derive(IdempotencyKey batchKey, int place)
    {
        var suffix = "#" + place.ToString(CultureInfo.InvariantCulture);
        var stem = batchKey.Value.Length + suffix.Length <= IdempotencyKey.MaxLength
            ? batchKey.Value
            : LongStem + Digest.Of(Encoding.ASCII.GetBytes(batchKey.Value));
        return IdempotencyKey.Parse(stem + suffix);
    }

    /// <summary>Whether a key was made of a batch's.</summary>
    public static bool IsDerived(IdempotencyKey key, KeyDigest batchKey)
    {
        var end = key.Value.LastIndexOf('#');
        if (end <= 0)
            return false;
        var stem = key.Value[..end];
        return KeyDigest.Of(IdempotencyKey.Parse(stem)) == batchKey
            || (stem.StartsWith(LongStem, StringComparison.Ordinal)
                && Digest.TryParse(stem[LongStem.Length..], out var digest)
                && KeyDigest.From(digest.ToBytes().AsSpan(0, KeyDigest.Length)) == batchKey);
    }
}
