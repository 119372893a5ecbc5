using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Kopeck.Engine.Verification;

/// <summary>
/// Two tables with the same rows in any order have the same sum: of a hash of each row, keyed at random anew in every run, so that
/// nobody can make rows to fit. Large tables are compared by it in one scan each, instead of by a look-up a row.
/// </summary>
public sealed class RowSum
{
    readonly ulong[] key;
    ulong left;
    ulong right;
    UInt128 sum;
    long count;

    internal RowSum(ulong[] key) => this.key = key;

    internal static ulong[] NewKey()
    {
        var made = new ulong[4];
        RandomNumberGenerator.Fill(System.Runtime.InteropServices.MemoryMarshal.AsBytes(made.AsSpan()));
        // Odd factors lose nothing of a word.
        made[1] |= 1;
        made[3] |= 1;
        return made;
    }

    internal bool IsSame(RowSum other) => sum == other.sum && count == other.count;

    /// <summary>A number of the row.</summary>
    public RowSum Add(long number)
    {
        Mix('n');
        Mix(unchecked((ulong)number));
        return this;
    }

    /// <summary>A text of the row.</summary>
    public RowSum Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Span<byte> bytes = length <= 256 ? stackalloc byte[256] : new byte[length];
        Encoding.UTF8.GetBytes(text, bytes);
        return AddText(bytes[..length]);
    }

    /// <summary>A text of the row, in UTF-8.</summary>
    public RowSum AddText(ReadOnlySpan<byte> utf8) => Add('t', utf8);

    /// <summary>A column of the row that has no value.</summary>
    public RowSum AddNull() => Add('0', []);

    /// <summary>Bytes of the row.</summary>
    public RowSum Add(ReadOnlySpan<byte> bytes) => Add('b', bytes);

    /// <summary>Ends a row.</summary>
    public void End()
    {
        Mix('.');
        sum = unchecked(sum + new UInt128(left, right));
        count++;
        (left, right) = (0, 0);
    }

    /// <summary>A whole row.</summary>
    public void AddRow(object?[] values)
    {
        foreach (var value in values)
        {
            _ = value switch
            {
                long number => Add(number),
                string text => Add(text),
                byte[] bytes => Add(bytes),
                _ => AddNull(),
            };
        }

        End();
    }

    RowSum Add(char type, ReadOnlySpan<byte> bytes)
    {
        Mix(type);
        Mix((ulong)bytes.Length);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        Span<byte> rest = stackalloc byte[sizeof(ulong)];
        rest.Clear();
        bytes.CopyTo(rest);
        Mix(BinaryPrimitives.ReadUInt64LittleEndian(rest));
        return this;
    }

    void Mix(ulong word)
    {
        left = Fold(left ^ word ^ key[0], key[1]);
        right = Fold(right ^ word ^ key[2], key[3]);
    }

    static ulong Fold(ulong word, ulong factor)
    {
        var high = Math.BigMul(word, factor, out var low);
        return high ^ low;
    }
}
