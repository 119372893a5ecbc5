using System.Text;
using HarfBuzzSharp;

namespace Kopeck.Statements.Formats.Pdf.Fonts;

/// <summary>
/// A font as HarfBuzz sees it: which characters it has, and which glyphs in which places a text becomes. Lengths are thousandths of the
/// size.
/// </summary>
#pragma warning disable CA1001 // Fonts are kept for as long as the program runs.
sealed class ShapingFont
#pragma warning restore CA1001
{
    const int Scale = 1_000;
    const int NoEmbedding = 0x0002;

    readonly Face face;
    readonly Font font;

    ShapingFont(Face face, string name, bool isTrueType)
    {
        this.face = face;
        Name = name;
        IsTrueType = isTrueType;
        font = new Font(face);
        font.SetScale(Scale, Scale);
        font.SetFunctionsOpenType();
    }

    /// <summary>Of the file, and of the font in a collection.</summary>
    public string Name { get; }

    /// <summary>Whether its outlines are TrueType's; PostScript's otherwise.</summary>
    public bool IsTrueType { get; }

    /// <summary>Opens a font; null where it has no outlines, or may not be embedded.</summary>
    /// <param name="index">In a collection.</param>
    public static ShapingFont? TryOpen(string path, int index)
    {
        using var blob = Blob.FromFile(path);
        return TryOpen(blob, $"{Path.GetFileNameWithoutExtension(path)}{(index > 0 ? $"-{index}" : "")}", index);
    }

    /// <summary>Opens a font in memory.</summary>
    public static ShapingFont? TryOpen(byte[] bytes, string name)
    {
        using var stream = new MemoryStream(bytes);
        using var blob = Blob.FromStream(stream);
        return TryOpen(blob, name, 0);
    }

    public bool Has(Rune character) => font.TryGetNominalGlyph((uint)character.Value, out var glyph) && glyph != 0;

    public int Advance(int glyph) => font.GetHorizontalGlyphAdvance((uint)glyph);

    /// <summary>The glyphs of a text in the order in which they are drawn, from left to right.</summary>
    public ShapedGlyph[] Shape(ReadOnlySpan<char> text, bool isRightToLeft)
    {
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();
        buffer.Direction = isRightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        font.Shape(buffer);
        var infos = buffer.GetGlyphInfoSpan();
        var places = buffer.GetGlyphPositionSpan();
        var glyphs = new ShapedGlyph[infos.Length];
        for (var index = 0; index < glyphs.Length; index++)
        {
            var place = places[index];
            glyphs[index] =
                new ShapedGlyph((int)infos[index].Codepoint, (int)infos[index].Cluster, place.XAdvance, place.XOffset, place.YOffset);
        }

        return glyphs;
    }

    /// <summary>The font with these glyphs only, under their own numbers.</summary>
    public byte[] Subset(IEnumerable<int> glyphs) => FontSubsetter.Subset(face, glyphs);

    static ShapingFont? TryOpen(Blob blob, string name, int index)
    {
        var found = new Face(blob, index);
        var isTrueType = Length(found, "glyf") > 0;
        if (found.GlyphCount > 0 && (isTrueType || Length(found, "CFF ") > 0) && MayBeEmbedded(found))
            return new ShapingFont(found, name, isTrueType);
        found.Dispose();
        return null;
    }

    static bool MayBeEmbedded(Face face)
    {
        using var table = face.ReferenceTable(Tag.Parse("OS/2"));
        var bytes = table.AsSpan();
        return bytes.Length < 10 || (bytes[9] & NoEmbedding) == 0;
    }

    static int Length(Face face, string table)
    {
        using var blob = face.ReferenceTable(Tag.Parse(table));
        return blob.Length;
    }
}
