using System.Globalization;
using System.Text;
using Kopeck.Ledger.Reference;

namespace Kopeck.Statements.Formats.Mt940;

/// <summary>
/// Text in SWIFT's character set x: letters of other alphabets are transliterated, marks are dropped, and what has no likeness becomes a
/// question mark.
/// </summary>
static class FinText
{
    const string Signs = "/-?:().,'+ ";

    // Cyrillic as in passports (ICAO 9303), Greek by ELOT 743, Latin letters that do not decompose, and signs.
    static readonly Dictionary<char, string> Letters = Table(
        "а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ ie ы y ь - э e ю iu я ia",
        "ґ g є ie і i ї i ў u ђ dj ј j љ lj њ nj ћ c џ dz ѓ g ќ k ѕ dz қ q ғ gh ң ng ө o ұ u ү u һ h ә a",
        "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o",
        "ß ss æ ae œ oe ø o đ d ð d þ th ł l ı i ŋ ng ħ h ſ s",
        "« ' » ' „ ' “ ' ” ' ‘ ' ’ ' \" ' ` ' – - — - ‐ - ‑ - − - _ - … ... & + ; , ! . * . [ ( ] ) { ( } ) < ( > ) \\ / | / @ (at) € EUR $ USD £ GBP № No ⁄ /");

    public static string Of(string text)
    {
        text = GreekPairs.Of(text);
        var plain = new StringBuilder(text.Length);
        var place = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            place += rune.Utf16SequenceLength;
            if (rune.IsBmp && TryAppend(plain, (char)rune.Value, IsAmongCapitals(text, place - rune.Utf16SequenceLength)))
                continue;
            var before = plain.Length;
            var folded = TextFold.Fold(rune.ToString());
            foreach (var part in Rune.IsUpper(rune) ? folded.ToUpperInvariant() : folded)
                TryAppend(plain, part, IsAmongCapitals(text, place - rune.Utf16SequenceLength));
            if (plain.Length == before && folded.Length > 0 && Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
                plain.Append('?');
        }

        return plain.ToString();
    }

    /// <summary>A text between code words such as <c>/ACCT/</c>, which it cannot forge: its slashes are dashes.</summary>
    public static string Value(string text) => Of(text).Replace('/', '-');

    static bool TryAppend(StringBuilder plain, char letter, bool isAmongCapitals)
    {
        if (char.IsAsciiLetterOrDigit(letter) || Signs.Contains(letter, StringComparison.Ordinal))
        {
            plain.Append(letter);
            return true;
        }

        if (char.IsWhiteSpace(letter))
        {
            plain.Append(' ');
            return true;
        }

        if (!Letters.TryGetValue(char.ToLowerInvariant(letter), out var likeness))
            return false;
        // The soft sign has no letter of its own.
        if (likeness == "-" && letter is 'ь' or 'Ь')
            return true;
        plain.Append(
            !char.IsUpper(letter)
                ? likeness
                : isAmongCapitals
                ? likeness.ToUpperInvariant()
                : char.ToUpperInvariant(likeness[0]) + likeness[1..]);
        return true;
    }

    /// <summary>Whether the letter beside is a capital too: then all letters that stand for one are.</summary>
    static bool IsAmongCapitals(string text, int place)
    {
        if (place + 1 < text.Length && char.IsLetter(text[place + 1]))
            return char.IsUpper(text[place + 1]);
        return place > 0 && char.IsUpper(text[place - 1]);
    }

    static Dictionary<char, string> Table(params ReadOnlySpan<string> rows)
    {
        var table = new Dictionary<char, string>();
        foreach (var row in rows)
        {
            var words = row.Split(' ');
            for (var index = 0; index < words.Length; index += 2)
                table.Add(words[index][0], words[index + 1]);
        }

        return table;
    }
}
