using System.Text;

namespace Kopeck.Statements.Formats.Pdf.Fonts;

/// <summary>
/// Finds a font for a character, once a process: this machine's, then the program's own, which has Arabic and Hebrew letters but no Chinese
/// ones. Where HarfBuzz's library does not load there is none, and letters are drawn one by one.
/// </summary>
static class FontShelf
{
    static readonly Lock Gate = new();
    static readonly Dictionary<(int Character, string Writing), ShapingFont?> Found = [];
    static readonly Dictionary<string, ShapingFont?> Opened = new(StringComparer.Ordinal);
    static readonly Lazy<ShapingFont?> Own = new(OpenOwn);

    /// <summary>The font for a character; null where there is none.</summary>
    /// <param name="writing">Chinese characters look other in other countries: <c>ja</c>, <c>ko</c>, <c>zh</c>, or another
    /// language.</param>
    public static ShapingFont? Find(Rune character, string writing)
    {
        lock (Gate)
        {
            if (Found.TryGetValue((character.Value, writing), out var known))
                return known;
            var font = Own.Value is null ? null : Search(character, writing);
            Found.Add((character.Value, writing), font);
            return font;
        }
    }

    static ShapingFont? Search(Rune character, string writing)
    {
        foreach (var path in FontFiles.All)
        {
            if (Open(path, writing) is { } font && font.Has(character))
                return font;
        }

        return Own.Value is { } own && own.Has(character) ? own : null;
    }

    static ShapingFont? Open(string path, string writing)
    {
        // The collections of Noto CJK and Source Han have Japanese, Korean, simplified and traditional Chinese in this order.
        var index =
            Path.GetExtension(path) != ".ttc"
                || !path.Contains("CJK", StringComparison.Ordinal) ? 0 : writing switch { "ko" => 1, "zh" => 2, _ => 0 };
        var key = $"{path}:{index}";
        if (!Opened.TryGetValue(key, out var font))
            Opened.Add(key, font = ShapingFont.TryOpen(path, index));
        return font;
    }

    static ShapingFont? OpenOwn()
    {
        try
        {
            return ShapingFont.TryOpen(TrueTypeFont.Regular.File, "DejaVuSansCondensed");
        }
        catch (Exception exception) when (exception
            is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException or BadImageFormatException)
        {
            return null;
        }
    }
}
