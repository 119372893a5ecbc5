using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Kopeck.Statements.Formats.Pdf.Fonts;

/// <summary>
/// The characters that a document uses of a font, numbered in the order of their first use: the number is the code in the page and the
/// glyph in the embedded font. A character that the font lacks has a box of its own, so that its text can still be searched and copied.
/// </summary>
sealed class FontSubset(TrueTypeFont font)
{
    const int MostCodes = 65_000;

    readonly Dictionary<Rune, int> codes = [];
    readonly List<int> sources = [0];
    readonly List<Rune> characters = [default];

    /// <summary>The width of a text in thousandths of the size.</summary>
    public int Width(string text)
    {
        var width = 0;
        foreach (var character in text.EnumerateRunes())
            width += font.Width(font.Glyph(character));
        return width;
    }

    /// <summary>A text in codes of two bytes, as hexadecimal digits.</summary>
    public void Append(StringBuilder page, string text)
    {
        foreach (var character in text.EnumerateRunes())
            page.Append(CultureInfo.InvariantCulture, $"{Code(character):X4}");
    }

    /// <summary>The widths of all codes, for the entry W.</summary>
    public string Widths => string.Join(' ', sources.Select(glyph => font.Width(glyph).ToString(CultureInfo.InvariantCulture)));

    /// <summary>What the codes mean, for searching and copying (ISO 32000-2, 9.10.3).</summary>
    public string ToUnicode() =>
        UnicodeMap.Write([.. characters.Index().Skip(1).Select(character => (character.Index, character.Item.ToString()))]);

    /// <summary>Whether the font has all letters of a text.</summary>
    public bool HasAll(string text)
    {
        foreach (var character in text.EnumerateRunes())
        {
            if (font.Glyph(character) == 0)
                return false;
        }

        return true;
    }

    /// <summary>The font with these glyphs only, and with those that they are made of.</summary>
    public byte[] Build()
    {
        var outlines = new List<byte[]>();
        var all = new List<int>(sources);
        var places = new Dictionary<int, int>();
        for (var index = 0; index < all.Count; index++)
            outlines.Add(Renumber(font.Outline(all[index]).ToArray(), all, places));

        using var glyf = new MemoryStream();
        var loca = new byte[4 * (all.Count + 1)];
        var hmtx = new byte[4 * all.Count];
        for (var index = 0; index < all.Count; index++)
        {
            glyf.Write(outlines[index]);
            while (glyf.Length % 4 != 0)
                glyf.WriteByte(0);
            BinaryPrimitives.WriteInt32BigEndian(loca.AsSpan(4 * (index + 1)), (int)glyf.Length);
            font.Metric(all[index]).CopyTo(hmtx.AsSpan(4 * index));
        }

        var head = font.Table("head").ToArray();
        head.AsSpan(8, 4).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(50), 1);
        var (hhea, maxp) = (font.Table("hhea").ToArray(), font.Table("maxp").ToArray());
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)all.Count);
        BinaryPrimitives.WriteUInt16BigEndian(maxp.AsSpan(4), (ushort)all.Count);
        return Assemble(
            [
                ("cvt ", font.Table("cvt ").ToArray()), ("fpgm", font.Table("fpgm").ToArray()), ("glyf", glyf.ToArray()), ("head", head),
                ("hhea", hhea), ("hmtx", hmtx), ("loca", loca), ("maxp", maxp), ("prep", font.Table("prep").ToArray())]);
    }

    int Code(Rune character)
    {
        if (codes.TryGetValue(character, out var code))
            return code;
        // Far more characters than any script has: what comes then is a box.
        if (sources.Count > MostCodes)
            return 0;
        codes.Add(character, code = sources.Count);
        sources.Add(font.Glyph(character));
        characters.Add(character);
        return code;
    }

    /// <summary>A glyph that is made of others names them by their numbers: they come after those that are used.</summary>
    static byte[] Renumber(byte[] outline, List<int> all, Dictionary<int, int> places)
    {
        if (outline.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            return outline;
        for (var part = 10; ;)
        {
            var flags = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(part));
            int glyph = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(part + 2));
            if (!places.TryGetValue(glyph, out var place))
            {
                places.Add(glyph, place = all.Count);
                all.Add(glyph);
            }

            BinaryPrimitives.WriteUInt16BigEndian(outline.AsSpan(part + 2), (ushort)place);
            part += 4 + ((flags & 1) != 0 ? 4 : 2) + ((flags & 8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
            if ((flags & 0x20) == 0)
                return outline;
        }
    }

    static byte[] Assemble((string Name, byte[] Bytes)[] tables)
    {
        var length = 12 + 16 * tables.Length + tables.Sum(table => (table.Bytes.Length + 3) / 4 * 4);
        var file = new byte[length];
        var power = (int)Math.Log2(tables.Length);
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(4), (ushort)tables.Length);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(6), (ushort)(16 << power));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(8), (ushort)power);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(10), (ushort)(16 * tables.Length - (16 << power)));
        var place = 12 + 16 * tables.Length;
        for (var index = 0; index < tables.Length; index++)
        {
            var (name, bytes) = tables[index];
            var entry = file.AsSpan(12 + 16 * index);
            bytes.CopyTo(file, place);
            Encoding.ASCII.GetBytes(name, entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Sum(file.AsSpan(place, (bytes.Length + 3) / 4 * 4)));
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], place);
            BinaryPrimitives.WriteInt32BigEndian(entry[12..], bytes.Length);
            place += (bytes.Length + 3) / 4 * 4;
        }

        return file;
    }

    static uint Sum(ReadOnlySpan<byte> table)
    {
        uint sum = 0;
        for (; table.Length > 0; table = table[4..])
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(table));
        return sum;
    }
}
