using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Kopeck.Ledger.Journal.Codec;

/// <summary>
/// Writes the canonical JSON of what is kept for ever, with no table but this file: compact, members in the order in which they are
/// written, texts in UTF-8 as they are, of which only <c>"</c>, <c>\</c> and U+0000 to U+001F are escaped, as RFC 8785 (3.2.2.2) says. Not
/// for concurrent use.
/// </summary>
public sealed class CanonicalJson
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What must be escaped: everything below the space, the quotation mark and the backslash.
    static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    byte[] buffer = new byte[1024];
    int length;
    bool isFirst = true;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        length = 0;
        isFirst = true;
    }

    /// <summary>Begins an object: the whole, or an item of an array.</summary>
    public CanonicalJson StartObject() => Open((byte)'{');

    /// <summary>Begins an object that is a member.</summary>
    /// <param name="name">ASCII that needs no escape, as of all names that are constants.</param>
    public CanonicalJson StartObject(ReadOnlySpan<byte> name) => Name(name).StartObject();

    /// <summary>Ends the object.</summary>
    public CanonicalJson EndObject() => Close((byte)'}');

    /// <summary>Begins an array that is an item or the value of a name.</summary>
    public CanonicalJson StartArray() => Open((byte)'[');

    /// <summary>Begins an array that is a member.</summary>
    public CanonicalJson StartArray(ReadOnlySpan<byte> name) => Name(name).StartArray();

    /// <summary>Ends the array.</summary>
    public CanonicalJson EndArray() => Close((byte)']');

    /// <summary>A text.</summary>
    public CanonicalJson Text(ReadOnlySpan<byte> name, string value) => Name(name).Text(value);

    /// <summary>A text, or nothing where it is absent.</summary>
    public CanonicalJson OptionalText(ReadOnlySpan<byte> name, string? value) => value is null ? this : Text(name, value);

    /// <summary>A whole number.</summary>
    public CanonicalJson Number(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        Separate();
        var target = Room(20);
        Utf8Formatter.TryFormat(value, target, out var written);
        length += written;
        return this;
    }

    /// <summary>A whole number, or nothing where it is absent.</summary>
    public CanonicalJson OptionalNumber(ReadOnlySpan<byte> name, long? value) => value is { } number ? Number(name, number) : this;

    /// <summary>A text as an item or the value of a name.</summary>
    public CanonicalJson Text(ReadOnlySpan<char> text)
    {
        Separate();
        Byte((byte)'"');
        for (var escape = text.IndexOfAny(Escaped); escape >= 0; escape = text.IndexOfAny(Escaped))
        {
            Utf8(text[..escape]);
            Escape(text[escape]);
            text = text[(escape + 1)..];
        }

        Utf8(text);
        Byte((byte)'"');
        return this;
    }

    /// <summary>JSON that is canonical already, as an item or the value of a name.</summary>
    public CanonicalJson Raw(ReadOnlySpan<char> json)
    {
        Separate();
        Utf8(json);
        return this;
    }

    /// <summary>The name of a member whose value comes next.</summary>
    public CanonicalJson Name(ReadOnlySpan<char> name)
    {
        Text(name);
        Byte((byte)':');
        isFirst = true;
        return this;
    }

    CanonicalJson Name(ReadOnlySpan<byte> name)
    {
        Separate();
        var target = Room(name.Length + 3);
        target[0] = (byte)'"';
        name.CopyTo(target[1..]);
        target[name.Length + 1] = (byte)'"';
        target[name.Length + 2] = (byte)':';
        length += name.Length + 3;
        isFirst = true;
        return this;
    }

    CanonicalJson Open(byte bracket)
    {
        Separate();
        Byte(bracket);
        isFirst = true;
        return this;
    }

    CanonicalJson Close(byte bracket)
    {
        Byte(bracket);
        isFirst = false;
        return this;
    }

    void Separate()
    {
        if (!isFirst)
            Byte((byte)',');
        isFirst = false;
    }

    void Escape(char character)
    {
        ReadOnlySpan<byte> shortForm = character switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            _ => [],
        };
        if (shortForm.IsEmpty)
        {
            "\\u00"u8.CopyTo(Room(6));
            length += 4;
            Byte("0123456789abcdef"u8[character >> 4]);
            Byte("0123456789abcdef"u8[character & 0xF]);
            return;
        }

        shortForm.CopyTo(Room(2));
        length += 2;
    }

    void Utf8(ReadOnlySpan<char> text)
    {
        var target = Room(StrictUtf8.GetMaxByteCount(text.Length));
        length += StrictUtf8.GetBytes(text, target);
    }

    void Byte(byte value)
    {
        Room(1)[0] = value;
        length++;
    }

    Span<byte> Room(int count)
    {
        if (buffer.Length - length < count)
            Array.Resize(ref buffer, Math.Max(2 * buffer.Length, length + count));
        return buffer.AsSpan(length);
    }
}
