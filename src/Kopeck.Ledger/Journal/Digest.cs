using System.Buffers.Binary;

namespace Kopeck.Ledger.Journal;

/// <summary>A SHA-256 digest. <c>default</c> is 32 zero bytes: the hash before a book's first operation.</summary>
public readonly record struct Digest
{
    /// <summary>The bytes of a digest.</summary>
    public const int Length = 32;

    readonly ulong first;
    readonly ulong second;
    readonly ulong third;
    readonly ulong fourth;

    /// <summary>A digest from its 32 bytes.</summary>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"A digest has {Length} bytes, got {bytes.Length}", nameof(bytes));
        first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The SHA-256 digest of bytes.</summary>
    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[Length];
        ShortHash.Sha256(bytes, digest);
        return new(digest);
    }

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    public static bool TryParse(string? text, out Digest digest)
    {
        digest = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (text is null
            || text.Length != 2 * Length
            || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        digest = new(bytes);
        return true;
    }

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], third);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], fourth);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
