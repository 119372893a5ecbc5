using System.Security.Cryptography;

namespace Kopeck.Ledger.Journal;

/// <summary>
/// SHA-256 and HMAC-SHA-256 of a few dozen bytes, of which each operation takes a dozen. Each thread keeps its own: to make one anew costs
/// as much as to hash.
/// </summary>
static class ShortHash
{
    [ThreadStatic]
    static IncrementalHash? plain;

    [ThreadStatic]
    static IncrementalHash? keyed;

    [ThreadStatic]
    static BookSecret key;

    /// <summary>Writes the SHA-256 digest of bytes.</summary>
    public static void Sha256(ReadOnlySpan<byte> bytes, Span<byte> digest)
    {
        var hash = plain ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes);
        hash.GetHashAndReset(digest);
    }

    /// <summary>Writes the HMAC-SHA-256 of bytes with a book's secret.</summary>
    public static void Hmac(BookSecret secret, ReadOnlySpan<byte> bytes, Span<byte> code)
    {
        if (keyed is null || key != secret)
        {
            keyed?.Dispose();
            keyed = null;
            Span<byte> raw = stackalloc byte[BookSecret.Length];
            secret.CopyTo(raw);
            keyed = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, raw);
            key = secret;
        }

        keyed.AppendData(bytes);
        keyed.GetHashAndReset(code);
    }
}
