using System.Text;

namespace Kopeck.Server.Hosting;

/// <summary>
/// What Kestrel reads the value of Content-Length with: digits as they are, and of anything else a letter, which it refuses. Its own way
/// takes <c>+28</c> for a length, though RFC 9110 (8.6) knows digits alone: a proxy that reads such a value otherwise would see another end
/// of the request than the server does.
/// </summary>
sealed class LengthDigits : Encoding
{
    const string Header = "Content-Length";

    // As many as the largest length has; Kestrel has room for one more.
    const int Most = 19;

    static readonly LengthDigits Instance = new();

    /// <summary>The encoding of a header's value; none where Kestrel's own will do.</summary>
    public static Encoding? Of(string header) =>
        header.Length == Header.Length && header.Equals(Header, StringComparison.OrdinalIgnoreCase) ? Instance : null;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        var digits = Read(bytes);
        return ASCII.GetChars(digits, chars);
    }

    public override int GetCharCount(byte[] bytes, int index, int count) => GetCharCount(bytes.AsSpan(index, count));

    // To the letter: of trailers Kestrel makes strings of that length.
    public override int GetCharCount(ReadOnlySpan<byte> bytes) => Read(bytes).Length;

    public override int GetMaxCharCount(int byteCount) => Most;

    public override int GetByteCount(char[] chars, int index, int count) => ASCII.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => ASCII.GetMaxByteCount(charCount);

    static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> value)
    {
        // Zeros before the number are digits too, however many.
        while (value.Length > 1 && value[0] == '0')
            value = value[1..];
        return value.Length > Most || value.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? "x"u8 : value;
    }
}
