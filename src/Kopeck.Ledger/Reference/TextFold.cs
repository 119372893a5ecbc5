using System.Globalization;
using System.Text;

namespace Kopeck.Ledger.Reference;

/// <summary>
/// Folds text for search, so that case and accents do not matter. Search columns and prefixes go through this one function, on every
/// engine, and are then compared byte for byte.
/// </summary>
public static class TextFold
{
    /// <summary>
    /// The text in Unicode's compatibility decomposition (UAX #15, NFKD) without combining marks and invisible format characters,
    /// in lower case, with the Latin letters that have no decomposition spelt out (<c>ß</c> is <c>ss</c>, <c>ł</c> is <c>l</c>).
    /// Folding what is folded changes nothing. An unpaired surrogate and U+FFFE become U+FFFD.
    /// </summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();

        var folded = new StringBuilder(text.Length + 8);
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
                continue;
            // Upper case first: letters with several lower-case forms (final sigma, long s) come together there.
            var lower = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
            if (SpellOut(lower.Value) is { } spelling)
                folded.Append(spelling);
            else
                folded.Append(lower.ToString());
        }

        return folded.ToString();
    }

    static string WellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes answers U+FFFD for half a surrogate pair. Normalize throws on such a half and on U+FFFE.
            if (rune == Rune.ReplacementChar || rune.Value == 0xFFFE)
                return string.Concat(text.EnumerateRunes()).Replace('\uFFFE', '\uFFFD');
        }

        return text;
    }

    static string? SpellOut(int letter) => letter switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' or 'ɔ' or 'ɵ' => "o",
        'đ' or 'ð' or 'ɖ' or 'ɗ' => "d",
        'ı' or 'ɨ' => "i",
        'ł' or 'ƚ' => "l",
        'ħ' => "h",
        'ŧ' or 'ƭ' => "t",
        'ŋ' or 'ɲ' => "n",
        'ĸ' or 'ƙ' => "k",
        'ə' or 'ɛ' or 'ɇ' => "e",
        'ɓ' or 'ƀ' => "b",
        'ƒ' => "f",
        'ǥ' or 'ɠ' => "g",
        'ɉ' => "j",
        'ƥ' => "p",
        'ɍ' => "r",
        'ʉ' => "u",
        'ʋ' => "v",
        'ƴ' or 'ɏ' => "y",
        'ƶ' or 'ȥ' => "z",
        '‘' or '’' or 'ʻ' or 'ʼ' or '′' => "'",
        '‐' or '‒' or '–' or '—' => "-",
        _ => null,
    };
}
