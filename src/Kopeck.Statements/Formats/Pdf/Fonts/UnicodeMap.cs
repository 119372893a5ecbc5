using System.Globalization;
using System.Text;

namespace Kopeck.Statements.Formats.Pdf.Fonts;

/// <summary>What the codes of a font mean, for searching and copying (ISO 32000-1, 9.10.3).</summary>
static class UnicodeMap
{
    const int MaxEntries = 100;

    const string Head =
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        + "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";

    public static string Write(IReadOnlyList<(int Code, string Text)> codes)
    {
        var map = new StringBuilder(Head);
        for (var first = 0; first < codes.Count; first += MaxEntries)
        {
            var part = codes.Skip(first).Take(MaxEntries).ToList();
            map.Append(CultureInfo.InvariantCulture, $"{part.Count} beginbfchar\n");
            foreach (var (code, text) in part)
                map.Append(
                    CultureInfo.InvariantCulture, $"<{code:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>\n");
            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }
}
