using System.Globalization;
using System.Text;
using Kopeck.Statements.Formats.Pdf.Fonts;
using Kopeck.Statements.Formats.Pdf.Text;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>
/// Draws glyphs in their places. Where a glyph does not tell by itself what it stands for, such as one of several for a syllable, the text
/// stands beside it (ISO 32000-1, 14.9.4).
/// </summary>
static class ShapedText
{
    // A stroke around the letters makes them bold where the font has no bold ones.
    const int BoldStroke = 25;

    public static void Draw(StringBuilder content, LaidRun run, int left, int bottom, int size, bool isBold)
    {
        var font = run.Font!;
        if (run.Language is { } language)
            content.Append(CultureInfo.InvariantCulture, $"/Span <</Lang ({language})>> BDC\n");
        content.Append(CultureInfo.InvariantCulture, $"BT /{font.Resource} {PdfPages.Point(size)} Tf ");
        content.Append(isBold ? $"2 Tr {PdfPages.Point(size * BoldStroke / 1000)} w 0 G\n" : "0 Tr\n");
        var starts = run.Glyphs.Select(glyph => glyph.Cluster).Distinct().Order().ToList();
        long pen = 0;
        for (var first = 0; first < run.Glyphs.Length;)
        {
            var end = first + 1;
            while (end < run.Glyphs.Length && run.Glyphs[end].Cluster == run.Glyphs[first].Cluster)
                end++;
            var cluster = run.Glyphs.AsSpan(first, end - first);
            DrawCluster(content, font, cluster, Text(run.Text, starts, cluster[0].Cluster), left, bottom, size, ref pen);
            first = end;
        }

        content.Append("ET\n");
        if (isBold)
            content.Append("0 Tr\n");
        if (run.Language is not null)
            content.Append("EMC\n");
    }

    static void DrawCluster(
        StringBuilder content, EmbeddedFont font, ReadOnlySpan<ShapedGlyph> cluster, string text, int left, int bottom, int size,
        ref long pen)
    {
        var isPlain = cluster.Length == 1 & font.Use(cluster[0].Glyph, cluster.Length == 1 ? text : "");
        foreach (var glyph in cluster[1..])
            font.Use(glyph.Glyph, "");
        if (!isPlain)
            content.Append(CultureInfo.InvariantCulture, $"/Span <</ActualText {PdfFile.Text(text)}>> BDC\n");
        foreach (var glyph in cluster)
        {
            var (x, y) = (left + (int)((pen + glyph.Right) * size / 1000), bottom + (int)((long)glyph.Up * size / 1000));
            content.Append(CultureInfo.InvariantCulture, $"1 0 0 1 {PdfPages.Point(x)} {PdfPages.Point(y)} Tm <{glyph.Glyph:X4}> Tj\n");
            pen += glyph.Advance;
        }

        if (!isPlain)
            content.Append("EMC\n");
    }

    static string Text(string text, List<int> starts, int start)
    {
        var next = starts.Find(other => other > start);
        return next == 0 ? text[start..] : text[start..next];
    }
}
