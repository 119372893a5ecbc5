using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Commands;

/// <summary>The canonical form of a request: each field as its length (4 bytes, big-endian; all ones for absent) and its UTF-8 bytes, so that no two requests write the same bytes.</summary>
public sealed class FingerprintWriter
{
    readonly ArrayBufferWriter<byte> buffer = new(256);

    /// <summary>Adds a text; null and the empty text differ.</summary>
    public FingerprintWriter Add(string? text)
    {
        if (text is null)
        {
            BinaryPrimitives.WriteUInt32BigEndian(buffer.GetSpan(4), uint.MaxValue);
            buffer.Advance(4);
            return this;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(4), length);
        buffer.Advance(4);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(length)));
        return this;
    }

    /// <summary>Adds a number as decimal text.</summary>
    public FingerprintWriter Add(long? number) => Add(number?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The digest of a command; <paramref name="salt"/> for one with personal fields.</summary>
    public static Digest Fingerprint(Command command, Digest? salt)
    {
        var writer = new FingerprintWriter();
        writer.Add(salt?.ToString()).Add(command.Name);
        command.WriteFingerprint(writer);
        return Digest.Of(writer.buffer.WrittenSpan);
    }
}
