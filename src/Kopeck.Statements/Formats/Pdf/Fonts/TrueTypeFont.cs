using System.Buffers.Binary;
using System.Reflection;
using System.Text;

namespace Kopeck.Statements.Formats.Pdf.Fonts;

/// <summary>
/// A TrueType font (ISO/IEC 14496-22, "OpenType") as far as a PDF needs it: glyphs of characters, their widths and outlines.
/// </summary>
sealed class TrueTypeFont
{
    readonly byte[] file;
    readonly Dictionary<string, (int Start, int Length)> tables = new(StringComparer.Ordinal);
    readonly Dictionary<int, int> glyphs = [];
    readonly int unitsPerEm;
    readonly int wideMetrics;
    readonly bool isLongLoca;

    TrueTypeFont(byte[] file)
    {
        this.file = file;
        for (var index = 0; index < U16(4); index++)
        {
            var entry = 12 + 16 * index;
            tables[Encoding.ASCII.GetString(file, entry, 4)] = (I32(entry + 8), I32(entry + 12));
        }

        unitsPerEm = U16(Start("head") + 18);
        isLongLoca = U16(Start("head") + 50) == 1;
        wideMetrics = U16(Start("hhea") + 34);
        ReadCharacters();
    }

    public static TrueTypeFont Regular { get; } = Load("DejaVuSansCondensed.ttf");

    public static TrueTypeFont Bold { get; } = Load("DejaVuSansCondensed-Bold.ttf");

    /// <summary>The whole file.</summary>
    public byte[] File => file;

    /// <summary>In thousandths of the size.</summary>
    public int Ascent => Scale(BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(Start("hhea") + 4)));

    /// <summary>In thousandths of the size; negative.</summary>
    public int Descent => Scale(BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(Start("hhea") + 6)));

    /// <summary>The glyph of a character; 0, an empty box, where the font has none.</summary>
    public int Glyph(Rune character) => glyphs.GetValueOrDefault(character.Value);

    /// <summary>A glyph's width in thousandths of the size.</summary>
    public int Width(int glyph) => Scale(U16(Start("hmtx") + 4 * Math.Min(glyph, wideMetrics - 1)));

    /// <summary>A table as it is.</summary>
    public ReadOnlyMemory<byte> Table(string name) =>
        tables.TryGetValue(name, out var table) ? file.AsMemory(table.Start, table.Length) : default;

    /// <summary>A glyph's outline; empty for a space.</summary>
    public ReadOnlyMemory<byte> Outline(int glyph)
    {
        var (start, end) = (Offset(glyph), Offset(glyph + 1));
        return file.AsMemory(Start("glyf") + start, end - start);
    }

    /// <summary>A glyph's advance and side bearing, as they are in the font.</summary>
    public ReadOnlySpan<byte> Metric(int glyph)
    {
        var hmtx = Start("hmtx");
        if (glyph < wideMetrics)
            return file.AsSpan(hmtx + 4 * glyph, 4);
        var metric = new byte[4];
        file.AsSpan(hmtx + 4 * (wideMetrics - 1), 2).CopyTo(metric);
        file.AsSpan(hmtx + 4 * wideMetrics + 2 * (glyph - wideMetrics), 2).CopyTo(metric.AsSpan(2));
        return metric;
    }

    static TrueTypeFont Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The font {name} is not in the program");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new TrueTypeFont(bytes);
    }

    // Format 12: ranges of code points. Format 4 has a part of them only.
    void ReadCharacters()
    {
        var cmap = Start("cmap");
        for (var index = 0; index < U16(cmap + 2); index++)
        {
            var table = cmap + I32(cmap + 4 + 8 * index + 4);
            if (U16(table) != 12)
                continue;
            for (var group = 0; group < I32(table + 12); group++)
            {
                var range = table + 16 + 12 * group;
                for (var character = I32(range); character <= I32(range + 4); character++)
                    glyphs[character] = I32(range + 8) + character - I32(range);
            }

            return;
        }

        throw new FormatException("The font has no table of Unicode's code points");
    }

    int Offset(int glyph) => isLongLoca ? I32(Start("loca") + 4 * glyph) : 2 * U16(Start("loca") + 2 * glyph);

    int Start(string name) => tables[name].Start;

    int Scale(int units) => units * 1000 / unitsPerEm;

    int U16(int place) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(place));

    int I32(int place) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(place));
}
