using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Kopeck.Ledger.Journal;

/// <summary>The hash that chains a book's operations. The exact byte form is in docs/journal.md, with a script that checks an export.</summary>
public static class OperationHash
{
    static ReadOnlySpan<byte> Version => "kopeck-operation-1"u8;

    /// <summary>SHA-256 over the previous hash and the canonical form of an operation.</summary>
    /// <param name="previous">The hash of the operation before it; zero for the first.</param>
    /// <param name="operation">The operation; its own <see cref="Operation.Hash"/> is not read.</param>
    /// <param name="body">Its canonical JSON.</param>
    /// <param name="entries">Its canonical entries.</param>
    public static Digest Compute(Digest previous, Operation operation, ReadOnlySpan<byte> body, ReadOnlySpan<byte> entries)
    {
        var keyLength = operation.Key is null ? 0 : Digest.Length;
        var length = Version.Length + Digest.Length + 4 + operation.Book.Value.Length + 8 + 8 + 4 + 8 + 4 + operation.Actor.Value.Length
            + 4 + keyLength + Digest.Length + 4 + body.Length + 4 + entries.Length;
        byte[]? rented = null;
        var bytes = length <= 2048 ? stackalloc byte[length] : (rented = System.Buffers.ArrayPool<byte>.Shared.Rent(length)).AsSpan(0, length);
        var rest = bytes;
        Version.CopyTo(rest);
        rest = rest[Version.Length..];
        previous.CopyTo(rest);
        rest = rest[Digest.Length..];
        WriteText(ref rest, operation.Book.Value);
        WriteInt64(ref rest, operation.Number);
        WriteInt64(ref rest, operation.Group);
        BinaryPrimitives.WriteInt32BigEndian(rest, (int)operation.Kind);
        rest = rest[4..];
        WriteInt64(ref rest, operation.At.Microseconds);
        WriteText(ref rest, operation.Actor.Value);
        BinaryPrimitives.WriteInt32BigEndian(rest, keyLength);
        rest = rest[4..];
        if (operation.Key is { } key)
        {
            Span<byte> ascii = stackalloc byte[key.Value.Length];
            Encoding.ASCII.GetBytes(key.Value, ascii);
            SHA256.HashData(ascii, rest);
            rest = rest[Digest.Length..];
        }

        operation.Fingerprint.CopyTo(rest);
        rest = rest[Digest.Length..];
        WriteBytes(ref rest, body);
        WriteBytes(ref rest, entries);
        var hash = Digest.Of(bytes);
        if (rented is not null)
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>The hash of an operation whose parts are not at hand in canonical form.</summary>
    public static Digest Compute(Digest previous, Operation operation) =>
        Compute(previous, operation, BodyJson.Write(operation.Body), EntriesBlob.Write(operation.Entries));

    static void WriteText(ref Span<byte> rest, string ascii)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, ascii.Length);
        Encoding.ASCII.GetBytes(ascii, rest[4..]);
        rest = rest[(4 + ascii.Length)..];
    }

    static void WriteBytes(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, bytes.Length);
        bytes.CopyTo(rest[4..]);
        rest = rest[(4 + bytes.Length)..];
    }

    static void WriteInt64(ref Span<byte> rest, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(rest, value);
        rest = rest[8..];
    }
}
