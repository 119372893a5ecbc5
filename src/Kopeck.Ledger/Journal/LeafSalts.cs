using System.Buffers.Binary;

namespace Kopeck.Ledger.Journal;

/// <summary>
/// The salts of an operation's leaves, in their order. The seed is HMAC-SHA-256 with the book's secret over the operation's number;
/// the digests of the seed and a count make two salts each. Who is shown one salt learns nothing of the others. See docs/journal.md.
/// </summary>
ref struct LeafSalts
{
    /// <summary>The bytes of a salt.</summary>
    public const int Length = 16;

    readonly Span<byte> seed;
    readonly Span<byte> pair;
    int next;

    /// <param name="space">Where the salts are made: <see cref="SpaceLength"/> bytes.</param>
    public LeafSalts(BookSecret secret, long number, Span<byte> space)
    {
        seed = space[..(Digest.Length + 4)];
        pair = space.Slice(seed.Length, Digest.Length);
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, number);
        ShortHash.Hmac(secret, message, seed);
    }

    /// <summary>The bytes that the salts are made in.</summary>
    public static int SpaceLength => Digest.Length + 4 + Digest.Length;

    /// <summary>The salt of the next leaf; valid until the one after it.</summary>
    public ReadOnlySpan<byte> Next()
    {
        var isFirstOfPair = (next & 1) == 0;
        if (isFirstOfPair)
        {
            BinaryPrimitives.WriteInt32BigEndian(seed[Digest.Length..], next / 2);
            ShortHash.Sha256(seed, pair);
        }

        next++;
        return isFirstOfPair ? pair[..Length] : pair[Length..];
    }
}
