using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Kopeck.Ledger.Journal;

/// <summary>
/// The hash that chains a book's operations: SHA-256 over the version, the hash before it and the hashes of the leaves (head, body, each
/// entry), each of which is salted, so that one can be shown and proved without the others. The exact byte form is in docs/journal.md,
/// with a script that checks an export.
/// </summary>
public static class OperationHash
{
    const int HeadLimit = 256;
    const int StackLimit = 1024;

    static ReadOnlySpan<byte> Version => "kopeck-operation-2"u8;

    /// <summary>The hash of an operation.</summary>
    /// <param name="secret">The secret of its book.</param>
    /// <param name="previous">The hash of the operation before it; zero for the first.</param>
    /// <param name="operation">The operation; its own <see cref="Operation.Hash"/> is not read, nor are its body and entries.</param>
    /// <param name="canonical">Its body and entries as they are stored.</param>
    public static Digest Compute(BookSecret secret, Digest previous, Operation operation, CanonicalBytes canonical)
    {
        var length = Version.Length + (Digest.Length * (3 + CountEntries(canonical)));
        byte[]? rented = null;
        var hashed = length <= StackLimit ? stackalloc byte[length] : (rented = ArrayPool<byte>.Shared.Rent(length)).AsSpan(0, length);
        Version.CopyTo(hashed);
        previous.CopyTo(hashed[Version.Length..]);
        HashLeaves(secret, operation, canonical, hashed[(Version.Length + Digest.Length)..]);
        var hash = Digest.Of(hashed);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>
    /// The hashes of an operation's leaves, in their order: what its hash is made of after the version and the hash before it. They are
    /// salted, so they tell nothing of what they are of; whoever has them can check the chain, and that nothing was put in or taken out.
    /// </summary>
    public static Digest[] Leaves(BookSecret secret, Operation operation, CanonicalBytes canonical)
    {
        var bytes = new byte[Digest.Length * (2 + CountEntries(canonical))];
        HashLeaves(secret, operation, canonical, bytes);
        var leaves = new Digest[bytes.Length / Digest.Length];
        for (var place = 0; place < leaves.Length; place++)
            leaves[place] = new Digest(bytes.AsSpan(place * Digest.Length, Digest.Length));
        return leaves;
    }

    /// <summary>The hash of an operation from the hashes of its leaves.</summary>
    public static Digest Compute(Digest previous, ReadOnlySpan<Digest> leaves)
    {
        var length = Version.Length + (Digest.Length * (1 + leaves.Length));
        byte[]? rented = null;
        var hashed = length <= StackLimit ? stackalloc byte[length] : (rented = ArrayPool<byte>.Shared.Rent(length)).AsSpan(0, length);
        Version.CopyTo(hashed);
        var rest = hashed[Version.Length..];
        previous.CopyTo(rest);
        foreach (var leaf in leaves)
        {
            rest = rest[Digest.Length..];
            leaf.CopyTo(rest);
        }

        var hash = Digest.Of(hashed);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    static int CountEntries(CanonicalBytes canonical)
    {
        var (entries, rest) = Math.DivRem(canonical.Entries.Length, EntriesBlob.EntryLength);
        return rest == 0 ? entries
            : throw new FormatException($"Entries take {EntriesBlob.EntryLength} bytes each, got {canonical.Entries.Length} bytes");
    }

    static void HashLeaves(BookSecret secret, Operation operation, CanonicalBytes canonical, Span<byte> hashes)
    {
        var salts = new LeafSalts(secret, operation.Number, stackalloc byte[LeafSalts.SpaceLength]);
        Span<byte> head = stackalloc byte[HeadLimit];
        HashLeaf(ref salts, LeafKind.Head, head[..WriteHead(operation, head)], hashes);
        HashLeaf(ref salts, LeafKind.Body, canonical.Body, hashes[Digest.Length..]);
        hashes = hashes[(2 * Digest.Length)..];
        for (var rest = canonical.Entries.AsSpan(); rest.Length > 0; rest = rest[EntriesBlob.EntryLength..])
        {
            HashLeaf(ref salts, LeafKind.Entry, rest[..EntriesBlob.EntryLength], hashes);
            hashes = hashes[Digest.Length..];
        }
    }

    static void HashLeaf(ref LeafSalts salts, LeafKind kind, ReadOnlySpan<byte> canonical, Span<byte> hash)
    {
        var length = LeafSalts.Length + 1 + canonical.Length;
        byte[]? rented = null;
        var leaf = length <= StackLimit ? stackalloc byte[length] : (rented = ArrayPool<byte>.Shared.Rent(length)).AsSpan(0, length);
        salts.Next().CopyTo(leaf);
        leaf[LeafSalts.Length] = (byte)kind;
        canonical.CopyTo(leaf[(LeafSalts.Length + 1)..]);
        ShortHash.Sha256(leaf, hash);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>The canonical bytes of the head; how many there are.</summary>
    static int WriteHead(Operation operation, Span<byte> head)
    {
        var rest = head;
        WriteText(ref rest, operation.Book.Value);
        WriteInt64(ref rest, operation.Number);
        WriteInt64(ref rest, operation.Group);
        BinaryPrimitives.WriteInt32BigEndian(rest, (int)operation.Kind);
        rest = rest[4..];
        WriteInt64(ref rest, operation.At.Microseconds);
        WriteText(ref rest, operation.Actor.Value);
        WriteDigest(ref rest, operation.KeyDigest);
        WriteMark(ref rest, operation.Batch);
        operation.Fingerprint.CopyTo(rest);
        return head.Length - rest.Length + Digest.Length;
    }

    static void WriteText(ref Span<byte> rest, string ascii)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, ascii.Length);
        Encoding.ASCII.GetBytes(ascii, rest[4..]);
        rest = rest[(4 + ascii.Length)..];
    }

    static void WriteDigest(ref Span<byte> rest, KeyDigest? digest)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, digest is null ? 0 : KeyDigest.Length);
        rest = rest[4..];
        if (digest is not { } present)
            return;
        BinaryPrimitives.WriteUInt128BigEndian(rest, present.Value);
        rest = rest[KeyDigest.Length..];
    }

    static void WriteMark(ref Span<byte> rest, BatchMark? mark)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, mark?.Length ?? 0);
        rest = rest[4..];
        if (mark is not { } present)
            return;
        present.CopyTo(rest);
        rest = rest[present.Length..];
    }

    static void WriteInt64(ref Span<byte> rest, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(rest, value);
        rest = rest[8..];
    }
}
