using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reference;

namespace Kopeck.Ledger.Journal;

/// <summary>
/// The canonical binary form of an operation's entries: 28 bytes each, numbers big-endian. These bytes are stored and hashed. See
/// docs/journal.md.
/// </summary>
public static class EntriesBlob
{
    /// <summary>The bytes of an entry: account (8), currency code (3), minor units (1), amount (8), balance (8).</summary>
    public const int EntryLength = 28;

    /// <summary>The canonical bytes.</summary>
    public static byte[] Write(ImmutableArray<Entry> entries)
    {
        var bytes = new byte[entries.Length * EntryLength];
        var rest = bytes.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteInt64BigEndian(rest, entry.Account);
            Encoding.ASCII.GetBytes(entry.Currency.Code, rest[8..11]);
            rest[11] = (byte)entry.Currency.MinorUnits;
            BinaryPrimitives.WriteInt64BigEndian(rest[12..], entry.Amount);
            BinaryPrimitives.WriteInt64BigEndian(rest[20..], entry.Balance);
            rest = rest[EntryLength..];
        }

        return bytes;
    }

    /// <summary>Reads canonical bytes back. Throws <see cref="FormatException"/> for anything else.</summary>
    public static ImmutableArray<Entry> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % EntryLength != 0)
            throw new FormatException($"Entries take {EntryLength} bytes each, got {bytes.Length} bytes");
        var entries = ImmutableArray.CreateBuilder<Entry>(bytes.Length / EntryLength);
        for (; bytes.Length > 0; bytes = bytes[EntryLength..])
        {
            entries.Add(new Entry(
                BinaryPrimitives.ReadInt64BigEndian(bytes),
                ParseCurrency(bytes[8..12]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[12..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[20..])));
        }

        return entries.MoveToImmutable();
    }

    static Currency ParseCurrency(ReadOnlySpan<byte> bytes)
    {
        var code = Encoding.ASCII.GetString(bytes[..3]);
        try
        {
            // The catalogue's own string, so that the many entries in memory share it.
            return new Currency(Currencies.TryFind(code, out var known) ? known.Code : code, bytes[3]);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException("An entry has no currency", exception);
        }
    }
}
