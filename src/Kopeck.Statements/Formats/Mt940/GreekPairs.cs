using System.Text;

namespace Kopeck.Statements.Formats.Mt940;

/// <summary>
/// Greek letters that sound other in pairs (ELOT 743, ISO 843, type 2): <c>ου</c> is ou, <c>αυ ευ ηυ</c> are av or af, <c>γγ γκ γξ γχ</c>
/// begin with n or g, <c>μπ</c> is b where a word begins or ends. An accent on the first vowel, or a diaeresis, parts a pair.
/// </summary>
static class GreekPairs
{
    const string Voiceless = "θκξπσςτφχψ";

    /// <summary>The text with its pairs in Latin letters; all else as it was.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0370', '\u03ff'))
            return text;
        var latin = new StringBuilder(text.Length);
        for (var place = 0; place < text.Length; place++)
        {
            if (place + 1 < text.Length && Pair(text, place) is { } pair)
            {
                latin.Append(Cased(pair, text[place], text[place + 1]));
                place++;
            }
            else
            {
                latin.Append(text[place]);
            }
        }

        return latin.ToString();
    }

    static string? Pair(string text, int place)
    {
        var (first, second) = (char.ToLowerInvariant(text[place]), char.ToLowerInvariant(text[place + 1]));
        return (first, second) switch
        {
            ('ο', 'υ' or 'ύ') => "ou",
            ('α', 'υ' or 'ύ') => IsVoiceless(text, place + 2) ? "af" : "av",
            ('ε', 'υ' or 'ύ') => IsVoiceless(text, place + 2) ? "ef" : "ev",
            ('η', 'υ' or 'ύ') => IsVoiceless(text, place + 2) ? "if" : "iv",
            ('γ', 'γ') => "ng",
            ('γ', 'κ') => "gk",
            ('γ', 'ξ') => "nx",
            ('γ', 'χ') => "nch",
            ('μ', 'π') when !IsLetter(text, place - 1) || !IsLetter(text, place + 2) => "b",
            _ => null,
        };
    }

    // At the end of a word, and before letters that are spoken without voice.
    static bool IsVoiceless(string text, int place) =>
        !IsLetter(text, place) || Voiceless.Contains(char.ToLowerInvariant(text[place]), StringComparison.Ordinal);

    static bool IsLetter(string text, int place) => place >= 0 && place < text.Length && char.IsLetter(text[place]);

    static string Cased(string pair, char first, char second) =>
        !char.IsUpper(first) ? pair : char.IsUpper(second) ? pair.ToUpperInvariant() : char.ToUpperInvariant(pair[0]) + pair[1..];
}
