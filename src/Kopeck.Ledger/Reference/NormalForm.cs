using System.Runtime.InteropServices;
using System.Text;

namespace Kopeck.Ledger.Reference;

/// <summary>Unicode's normal form C by <see cref="UnicodeTable"/> (UAX #15): the same on every machine and runtime, for ever.</summary>
public static class NormalForm
{
    // Nothing up to it is changed by NFC or joins what stands before it.
    const char LastPlain = '\u02FF';

    /// <summary>The text in NFC. It has no unpaired surrogates.</summary>
    public static string Compose(string text)
    {
        if (IsComposed(text))
            return text;
        var codePoints = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, codePoints);
        Order(codePoints);
        Compose(codePoints, withHangul: true);
        return ToText(codePoints);
    }

    /// <summary>Whether NFC surely leaves the text as it is.</summary>
    static bool IsComposed(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', LastPlain) < 0)
            return true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!UnicodeTable.IsStable(rune.Value))
                return false;
        }

        return true;
    }

    static void Decompose(int codePoint, List<int> result)
    {
        if (Hangul.IsSyllable(codePoint))
        {
            Hangul.Decompose(codePoint, result);
        }
        else if (UnicodeTable.TryDecompose(codePoint, out var parts))
        {
            foreach (var part in parts)
                Decompose(part, result);
        }
        else
        {
            result.Add(codePoint);
        }
    }

    /// <summary>Brings the marks after each letter into the order of their combining classes; those of one class keep theirs.</summary>
    static void Order(List<int> codePoints)
    {
        var marks = CollectionsMarshal.AsSpan(codePoints);
        for (var start = 0; start < marks.Length; start++)
        {
            var end = start;
            while (end < marks.Length && UnicodeTable.CombiningClass(marks[end]) > 0)
                end++;
            // A long run of marks is nobody's name: sorted in n log n, so that no text is dear.
            if (end - start > 1)
                marks[start..end].ToArray().OrderBy(UnicodeTable.CombiningClass).ToArray().CopyTo(marks[start..]);
            start = end;
        }
    }

    /// <summary>Composes what was decomposed and ordered, in place.</summary>
    /// <param name="withHangul">Whether Hangul letters are composed to syllables, too.</param>
    internal static void Compose(List<int> codePoints, bool withHangul)
    {
        var count = 0;
        var starter = -1;
        for (var at = 0; at < codePoints.Count; at++)
        {
            var codePoint = codePoints[at];
            var combining = UnicodeTable.CombiningClass(codePoint);
            if (starter >= 0)
            {
                var isAdjacent = starter == count - 1;
                var isBlocked = !isAdjacent && UnicodeTable.CombiningClass(codePoints[count - 1]) >= combining;
                if (!isBlocked && TryCompose(codePoints[starter], codePoint, withHangul, out var composed))
                {
                    codePoints[starter] = composed;
                    continue;
                }
            }

            if (combining == 0)
                starter = count;
            codePoints[count++] = codePoint;
        }

        codePoints.RemoveRange(count, codePoints.Count - count);
    }

    static bool TryCompose(int first, int second, bool withHangul, out int composed) =>
        (withHangul && Hangul.TryCompose(first, second, out composed)) || UnicodeTable.TryCompose(first, second, out composed);

    internal static string ToText(List<int> codePoints)
    {
        var text = new StringBuilder(codePoints.Count);
        Span<char> letters = stackalloc char[2];
        foreach (var codePoint in codePoints)
            text.Append(letters[..new Rune(codePoint).EncodeToUtf16(letters)]);
        return text.ToString();
    }
}
