using System.Text;

namespace Kopeck.Statements.Formats.Pdf.Text;

/// <summary>Which letters want to be shaped, and what they are most likely written in.</summary>
static class Writing
{
    /// <summary>
    /// Whether letters stand beside each other as they are: Latin, Greek, Cyrillic, Armenian and signs, without marks of their own.
    /// </summary>
    public static bool IsSimple(string text)
    {
        foreach (var letter in text)
        {
            if (letter is >= '\u0300' and <= '\u036f' or >= '\u0483' and <= '\u0489'
                || (letter >= '\u0590' && letter is not (>= '\u1e00' and <= '\u2bff')))
                return false;
        }

        return true;
    }

    /// <summary>The language that a text's letters suggest: what Chinese characters look like depends on what is beside them.</summary>
    public static string Of(string text)
    {
        var han = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Of(rune) is { } language && language != "zh")
                return language;
            han |= Of(rune) == "zh";
        }

        return han ? "zh" : "";
    }

    /// <summary>The language that a letter suggests; null where it is one of many languages.</summary>
    public static string? Of(Rune rune) => rune.Value switch
    {
        >= 0x0590 and <= 0x05ff or >= 0xfb1d and <= 0xfb4f => "he",
        >= 0x0600 and <= 0x06ff or >= 0x0750 and <= 0x077f or >= 0xfb50 and <= 0xfdff or >= 0xfe70 and <= 0xfefe => "ar",
        >= 0x0900 and <= 0x097f => "hi",
        >= 0x0980 and <= 0x09ff => "bn",
        >= 0x0b80 and <= 0x0bff => "ta",
        >= 0x0e00 and <= 0x0e7f => "th",
        >= 0x10a0 and <= 0x10ff => "ka",
        >= 0x3040 and <= 0x30ff or >= 0x31f0 and <= 0x31ff => "ja",
        >= 0x1100 and <= 0x11ff or >= 0x3130 and <= 0x318f or >= 0xac00 and <= 0xd7af => "ko",
        >= 0x2e80 and <= 0x2fdf or >= 0x3400 and <= 0x9fff or >= 0xf900 and <= 0xfaff or >= 0x20000 and <= 0x3ffff => "zh",
        _ => null,
    };
}
