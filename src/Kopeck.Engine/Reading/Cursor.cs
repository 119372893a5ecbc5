using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Reading;

/// <summary>Where a page ended, as opaque text that holds only for the same list of the same book.</summary>
public static class Cursor
{
    const int CheckBytes = 8;

    /// <summary>The cursor behind an item.</summary>
    /// <param name="call">The list, such as <c>/v1/operations/</c>.</param>
    /// <param name="filters">What the list was asked for, in a fixed order: a cursor holds only for the same.</param>
    public static string Write(BookName book, string call, string filters, PageKey key)
    {
        Span<byte> bytes = stackalloc byte[16 + CheckBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, key.First);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], key.Second);
        Check(book, call, filters, bytes[..16], bytes[16..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor of the same list.</summary>
    public static bool TryRead(string text, BookName book, string call, string filters, out PageKey key)
    {
        key = default;
        Span<byte> bytes = stackalloc byte[80];
        if (text.Length > 100
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var written)
            || written != 16 + CheckBytes)
            return false;
        Span<byte> check = stackalloc byte[CheckBytes];
        Check(book, call, filters, bytes[..16], check);
        key = new PageKey(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
        return check.SequenceEqual(bytes[16..written]);
    }

    static void Check(BookName book, string call, string filters, ReadOnlySpan<byte> key, Span<byte> check)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{book}\n{call}\n{filters}\n{Convert.ToHexString(key)}"));
        digest.AsSpan(0, CheckBytes).CopyTo(check);
    }
}
