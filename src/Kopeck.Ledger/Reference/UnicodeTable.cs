using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kopeck.Ledger.Reference;

/// <summary>
/// What the program knows of characters: its own table of one version of Unicode (schema/reference/unicode.tsv), never the machine's.
/// Of the code points that are assigned in it the normal form is fixed for ever (UAX #15, section 3).
/// </summary>
public static class UnicodeTable
{
    /// <summary>The version of Unicode.</summary>
    public const string Version = "17.0";

    /// <summary>The greatest code point.</summary>
    const int Last = 0x10FFFF;

    /// <summary>Class 0, but NFC may change it or join it to the character before.</summary>
    const byte Unstable = 254;

    const byte Unassigned = 255;
    const int PageLength = 256;

    // Not frozen ones: to make those costs each program's start more than all its looks into them.
    static readonly Dictionary<int, int[]> Decompositions = [];
    static readonly Dictionary<long, int> Compositions = [];

    // A page of 256 code points a row: its combining classes, and what is above them.
    static readonly byte[][] Pages = Read();

    /// <summary>Whether a code point stands for a character, or is set aside for private use.</summary>
    public static bool IsAssigned(int codePoint) => ClassOrMark(codePoint) != Unassigned;

    /// <summary>Whether a code point stays as it is in NFC, whatever stands before and after it.</summary>
    internal static bool IsStable(int codePoint) => ClassOrMark(codePoint) is 0 or Unassigned;

    /// <summary>The canonical combining class, 0 to 240.</summary>
    internal static int CombiningClass(int codePoint) => ClassOrMark(codePoint) is var value and < Unstable ? value : 0;

    /// <summary>A canonical decomposition, whose first part may be decomposed further. Not for Hangul syllables.</summary>
    internal static bool TryDecompose(int codePoint, [NotNullWhen(true)] out int[]? parts) =>
        Decompositions.TryGetValue(codePoint, out parts);

    /// <summary>The code point that two are composed to. Not for Hangul syllables.</summary>
    internal static bool TryCompose(int first, int second, out int composed) =>
        Compositions.TryGetValue(Pair(first, second), out composed);

    /// <summary>White space, as Unicode has it in all versions since 6.3.</summary>
    internal static bool IsWhiteSpace(char letter) =>
        letter is (>= '\t' and <= '\r') or ' ' or '\u0085' or '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200A') or '\u2028'
            or '\u2029' or '\u202F' or '\u205F' or '\u3000';

    static byte ClassOrMark(int codePoint) => Pages[codePoint / PageLength][codePoint % PageLength];

    static long Pair(int first, int second) => ((long)first << 32) | (uint)second;

    static byte[][] Read()
    {
        var unassigned = NewPage(Unassigned);
        var plain = NewPage(0);
        var pages = new byte[(Last + 1) / PageLength][];
        Array.Fill(pages, unassigned);
        foreach (var row in ReferenceTable.Rows("unicode.tsv"))
        {
            var (first, last) = (Hex(row[0]), Hex(row[1]));
            var value = byte.Parse(row[2], CultureInfo.InvariantCulture);
            if (row[3].Length > 0)
                value = AddDecomposition(first, row[3], isComposed: row[4] == "1") || value > 0 ? value : Unstable;
            for (var codePoint = first; codePoint <= last; codePoint++)
            {
                var page = codePoint / PageLength;
                if (value == 0 && codePoint % PageLength == 0 && codePoint + PageLength - 1 <= last)
                {
                    pages[page] = plain;
                    codePoint += PageLength - 1;
                    continue;
                }

                if (pages[page] == unassigned)
                    pages[page] = NewPage(Unassigned);
                pages[page][codePoint % PageLength] = value;
            }
        }

        var joining = Compositions.Keys.Select(pair => (int)(pair & uint.MaxValue)).Concat(Hangul.Joining).ToHashSet();
        foreach (var codePoint
            in joining.Concat(Decompositions.Where(known => joining.Contains(known.Value[0])).Select(known => known.Key)))
        {
            ref var value = ref pages[codePoint / PageLength][codePoint % PageLength];
            value = value == 0 ? Unstable : value;
        }

        return pages;
    }

    static bool AddDecomposition(int codePoint, string parts, bool isComposed)
    {
        var split = parts.Split(' ').Select(Hex).ToArray();
        Decompositions.Add(codePoint, split);
        if (isComposed)
            Compositions.Add(Pair(split[0], split[1]), codePoint);
        return isComposed;
    }

    static byte[] NewPage(byte value)
    {
        var page = new byte[PageLength];
        Array.Fill(page, value);
        return page;
    }

    internal static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
