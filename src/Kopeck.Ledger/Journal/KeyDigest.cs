using System.Text;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Journal;

/// <summary>The first 16 bytes of the SHA-256 digest of an idempotency key: what the index of keys holds.</summary>
public readonly record struct KeyDigest(UInt128 Value)
{
    /// <summary>The bytes of a key digest.</summary>
    public const int Length = 16;

    /// <summary>The digest of a key.</summary>
    public static KeyDigest Of(IdempotencyKey key)
    {
        Span<byte> utf8 = stackalloc byte[IdempotencyKey.MaxLength];
        var written = Encoding.ASCII.GetBytes(key.Value, utf8);
        Span<byte> digest = stackalloc byte[Digest.Length];
        ShortHash.Sha256(utf8[..written], digest);
        return From(digest[..Length]);
    }

    /// <summary>A key digest from its 16 bytes.</summary>
    public static KeyDigest From(ReadOnlySpan<byte> bytes) => new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>The 16 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }
}
