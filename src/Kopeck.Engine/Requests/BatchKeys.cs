using System.Globalization;
using System.Text;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Requests;

/// <summary>The keys of a batch's items that bring none of their own.</summary>
public static class BatchKeys
{
    /// <summary>
    /// The batch's key, <c>#</c> and the item's place from 0; with the SHA-256 digest of a key that would become too long.
    /// </summary>
    public static IdempotencyKey Derive(IdempotencyKey batchKey, int place)
    {
        var suffix = "#" + place.ToString(CultureInfo.InvariantCulture);
        var stem = batchKey.Value.Length + suffix.Length <= IdempotencyKey.MaxLength
            ? batchKey.Value
            : "sha256:" + Digest.Of(Encoding.ASCII.GetBytes(batchKey.Value));
        return IdempotencyKey.Parse(stem + suffix);
    }
}
