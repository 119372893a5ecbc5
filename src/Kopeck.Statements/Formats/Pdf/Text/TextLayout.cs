using System.Globalization;
using System.Text;
using Kopeck.Statements.Formats.Pdf.Fonts;

namespace Kopeck.Statements.Formats.Pdf.Text;

/// <summary>Lays texts out in the fonts of one document, and remembers those that come again.</summary>
sealed class TextLayout(FontSubset regular, FontSubset bold)
{
    const int MaxRemembered = 5_000;

    readonly Dictionary<ShapingFont, EmbeddedFont> fonts = [];
    readonly Dictionary<(string Text, bool IsBold), LaidText> remembered = [];

    /// <summary>The fonts of this machine that were used.</summary>
    public IReadOnlyCollection<EmbeddedFont> Fonts => fonts.Values;

    /// <summary>Whether a letter was without a font, and is a box.</summary>
    public bool HasBoxes { get; private set; }

    public LaidText Lay(string text, bool isBold)
    {
        var own = isBold ? bold : regular;
        if (Writing.IsSimple(text) && own.HasAll(text))
            return new LaidText(own.Width(text), [new LaidRun(text, 0, null, [], null)]);
        if (remembered.TryGetValue((text, isBold), out var known))
            return known;
        if (remembered.Count >= MaxRemembered)
            remembered.Clear();
        var runs = new List<LaidRun>();
        var levels = Bidi.Levels(text);
        foreach (var (start, length, level) in levels is null ? [(0, text.Length, (byte)0)] : Bidi.Order(levels))
            runs.AddRange(Directed(text.Substring(start, length), Writing.Of(text), level % 2 == 1, own));
        var laid = new LaidText(runs.Sum(run => run.Width), runs);
        remembered.Add((text, isBold), laid);
        return laid;
    }

    /// <summary>Runs of one direction, parted where the font changes.</summary>
    IEnumerable<LaidRun> Directed(string text, string writing, bool isRightToLeft, FontSubset own)
    {
        var runs = new List<LaidRun>();
        var start = 0;
        ShapingFont? current = null;
        var isOpen = false;
        for (var place = 0; place < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, place);
            var font = Choose(text.AsSpan(place, length), writing, current, isRightToLeft, own);
            if (isOpen && font != current)
            {
                runs.Add(Run(text[start..place], current, isRightToLeft, own));
                start = place;
            }

            (current, isOpen) = (font, true);
            place += length;
        }

        if (isOpen)
            runs.Add(Run(text[start..], current, isRightToLeft, own));
        if (isRightToLeft)
            runs.Reverse();
        return runs;
    }

    /// <summary>The font of a letter with its marks; null is the program's own without shaping.</summary>
    static ShapingFont? Choose(ReadOnlySpan<char> element, string writing, ShapingFont? current, bool isRightToLeft, FontSubset own)
    {
        Rune.DecodeFromUtf16(element, out var first, out _);
        // Spaces and signs go on in the font before them.
        if (current is not null && Writing.Of(first) is null && !Rune.IsLetter(first) && current.Has(first))
            return current;
        if (!isRightToLeft && element.Length == 1 && Writing.IsSimple(element.ToString()) && own.HasAll(element.ToString()))
            return null;
        return FontShelf.Find(first, writing);
    }

    LaidRun Run(string text, ShapingFont? font, bool isRightToLeft, FontSubset own)
    {
        if (font is null)
        {
            HasBoxes |= !own.HasAll(text);
            var drawn = isRightToLeft ? Bidi.Mirror(Reversed(text)) : text;
            return new LaidRun(drawn, own.Width(drawn), null, [], null);
        }

        if (!fonts.TryGetValue(font, out var embedded))
            fonts.Add(font, embedded = new EmbeddedFont(font, fonts.Count + 1));
        var glyphs = font.Shape(text, isRightToLeft);
        HasBoxes |= glyphs.Any(glyph => glyph.Glyph == 0);
        return new LaidRun(
            text, glyphs.Sum(glyph => glyph.Advance), embedded, glyphs, Writing.Of(text) is { Length: > 0 } language ? language : null);
    }

    static string Reversed(string text)
    {
        var elements = new List<string>();
        for (var place = 0; place < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, place);
            elements.Add(text.Substring(place, length));
            place += length;
        }

        elements.Reverse();
        return string.Concat(elements);
    }
}
