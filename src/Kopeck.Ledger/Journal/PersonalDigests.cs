using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Journal;

/// <summary>The salted digest of a customer's personal values, which stands in the journal in their place. See docs/journal.md.</summary>
public static class PersonalDigests
{
    /// <summary>
    /// SHA-256 over the salt and, for each value that is there in the order of the column names, its column's name and its text, each after
    /// its length in bytes (4, big-endian).
    /// </summary>
    public static Digest Compute(Digest salt, CustomerDetails details)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        salt.CopyTo(buffer.GetSpan(Digest.Length));
        buffer.Advance(Digest.Length);
        foreach (var (name, text)
            in CustomerDetails.Columns.Select((column, index) => (column.Name, Text: details[index]))
                .OrderBy(value => value.Name, StringComparer.Ordinal))
        {
            if (text is null)
                continue;
            Write(buffer, name);
            Write(buffer, text);
        }

        return Digest.Of(buffer.WrittenSpan);
    }

    static void Write(ArrayBufferWriter<byte> buffer, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(4), length);
        buffer.Advance(4);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(length)));
    }
}
