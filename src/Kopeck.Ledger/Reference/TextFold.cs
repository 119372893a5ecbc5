using System.Collections.Frozen;
using System.Text;

namespace Kopeck.Ledger.Reference;

/// <summary>
/// Folds text for search, so that case, accents and the habits of keyboards do not matter. Search columns and prefixes go through this one
/// function, on every engine, and are then compared byte for byte. Its table (schema/reference/folding.tsv) is the program's own.
/// </summary>
public static class TextFold
{
    /// <summary>
    /// Raised with every change of what a text folds to. A database tells the version that its names were folded by; <c>kopeck rebuild</c>
    /// folds anew.
    /// </summary>
    public const int Version = 1;

    static readonly Lazy<FrozenDictionary<int, int[]>> Folded = new(() => ReferenceTable.Rows("folding.tsv").ToFrozenDictionary(
        row => UnicodeTable.Hex(row[0]),
        row => row.Length > 1 && row[1].Length > 0 ? row[1].Split(' ').Select(UnicodeTable.Hex).ToArray() : []));

    /// <summary>
    /// The text in lower case, in Unicode's compatibility form, without accents and invisible characters. Letters of their own stay apart:
    /// vowel signs, voiced kana, <c>đ</c>, <c>й</c>. Dashes are <c>-</c>, apostrophes <c>'</c>, a run of spaces is one, Arabic and Persian
    /// <c>yeh</c> and <c>kaf</c> are one, and some Latin letters are spelt out (<c>ß</c> is <c>ss</c>, <c>ł</c> is <c>l</c>).
    /// Folding what is folded changes nothing. An unpaired surrogate becomes U+FFFD.
    /// </summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text) && !text.Contains('`', StringComparison.Ordinal) && !text.Contains("  ", StringComparison.Ordinal))
            return text.ToLowerInvariant();

        var folded = new List<int>(text.Length + 8);
        foreach (var rune in NormalForm.Compose(WellFormed(text)).EnumerateRunes())
        {
            if (Hangul.IsSyllable(rune.Value))
                Hangul.Decompose(rune.Value, folded);
            else if (Folded.Value.TryGetValue(rune.Value, out var several))
                AddAll(folded, several);
            else
                Add(folded, rune.Value);
        }

        // Halfwidth kana and their marks come together here. Hangul stays in letters, so that a syllable is found while it is typed.
        NormalForm.Compose(folded, withHangul: false);
        return NormalForm.ToText(folded);
    }

    static void AddAll(List<int> folded, int[] codePoints)
    {
        foreach (var codePoint in codePoints)
            Add(folded, codePoint);
    }

    static void Add(List<int> folded, int codePoint)
    {
        if (codePoint != ' ' || folded.Count == 0 || folded[^1] != ' ')
            folded.Add(codePoint);
    }

    // EnumerateRunes answers U+FFFD for half a surrogate pair.
    static string WellFormed(string text) =>
        text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) ? string.Concat(text.EnumerateRunes()) : text;
}
