using System.Buffers.Binary;

namespace Kopeck.Ledger.Journal;

/// <summary>
/// What an item of a batch with a key of its own keeps of that batch: the key, and, on the first that was done, what was in the batch. By
/// that the key is used from then on, and the same batch is told from any other request.
/// </summary>
/// <param name="Key">The digest of the batch's key.</param>
/// <param name="Contents">The digest of the whole batch; on the first of its operations alone.</param>
public readonly record struct BatchMark(KeyDigest Key, Digest? Contents)
{
    const int LongLength = KeyDigest.Length + Digest.Length;

    /// <summary>A mark from its bytes. Throws <see cref="FormatException"/> for other lengths.</summary>
    public static BatchMark From(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        KeyDigest.Length => new BatchMark(KeyDigest.From(bytes), null),
        LongLength => new BatchMark(KeyDigest.From(bytes[..KeyDigest.Length]), new Digest(bytes[KeyDigest.Length..])),
        _ => throw new FormatException($"A batch's mark has {KeyDigest.Length} or {LongLength} bytes, got {bytes.Length}"),
    };

    /// <summary>How many bytes it has.</summary>
    public int Length => Contents is null ? KeyDigest.Length : LongLength;

    /// <summary>Writes its bytes: the key's digest, and that of the contents where it is there.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, Key.Value);
        Contents?.CopyTo(destination[KeyDigest.Length..]);
    }

    /// <summary>Its bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }
}
