using System.Globalization;
using System.Text;

namespace Kopeck.Statements.Formats.Pdf.Fonts;

/// <summary>The glyphs that a document uses of a font, under the font's own numbers, and the text that each stands for.</summary>
sealed class EmbeddedFont(ShapingFont font, int place)
{
    readonly SortedDictionary<int, string> texts = [];

    /// <summary>Its name on pages.</summary>
    public string Resource { get; } = string.Create(CultureInfo.InvariantCulture, $"S{place}");

    public ShapingFont Font => font;

    /// <summary>Notes that a glyph is used; whether it stands for this text wherever it is used.</summary>
    public bool Use(int glyph, string text)
    {
        if (texts.TryAdd(glyph, text))
            return text.Length > 0;
        return texts[glyph] == text && text.Length > 0;
    }

    /// <summary>Writes the font: a composite one (ISO 32000-1, 9.7) whose codes are its glyphs.</summary>
    public void Write(PdfFile file, int number)
    {
        var name = "KOPECK+" + string.Concat(font.Name.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));
        var program = font.Subset(texts.Keys);
        var embedded = file.WriteStream(font.IsTrueType ? Fact("/Length1 ", program.Length) : "/Subtype /OpenType ", program);
        var descriptor = file.Write(
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [-1000 -500 2000 1200] /ItalicAngle 0 /Ascent 1000 /Descent -300 /CapHeight 700 "
            + $"/StemV 80 {(font.IsTrueType ? Fact("/FontFile2 ", embedded) : Fact("/FontFile3 ", embedded))}0 R >>");
        var widths =
            string.Join(' ', texts.Keys.Select(glyph => string.Create(CultureInfo.InvariantCulture, $"{glyph} [{font.Advance(glyph)}]")));
        var descendant = file.Write(
            $"<< /Type /Font /Subtype /{(font.IsTrueType ? "CIDFontType2" : "CIDFontType0")} /BaseFont /{name} "
            + $"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {Fact("", descriptor)}0 R "
            + $"{(font.IsTrueType ? "/CIDToGIDMap /Identity " : "")}/DW 1000 /W [{widths}] >>");
        var unicode = file.WriteStream(
            "",
            Encoding.ASCII.GetBytes(
                UnicodeMap.Write([.. texts.Where(text => text.Value.Length > 0).Select(text => (text.Key, text.Value))])));
        file.Write(
            number,
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{Fact("", descendant)}0 R] /ToUnicode {Fact("", unicode)}0 R >>");
    }

    static string Fact(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"{name}{value} ");
}
