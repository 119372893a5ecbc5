using System.Globalization;
using System.Text;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>The pages of a document and what is drawn on them. Lengths are thousandths of a point, counted from the lower left corner, so that nothing is rounded on the way.</summary>
sealed class PdfPages
{
    /// <summary>A4, lying.</summary>
    public const int Width = 842_000;
    public const int Height = 595_000;
    public const int Margin = 36_000;

    const int FooterSize = 7;
    const int FooterPlace = 22_000;
    const int RoomForTotal = 20_000;

    readonly PdfFile file;
    readonly FontSubset regular = new(TrueTypeFont.Regular);
    readonly FontSubset bold = new(TrueTypeFont.Bold);
    readonly StringBuilder content = new();
    readonly List<int> pages = [];
    readonly int root;
    readonly int regularFont;
    readonly int boldFont;
    readonly int total;
    readonly string footer;
    readonly string[] pageWords;

    /// <param name="footer">What every page says at its foot.</param>
    /// <param name="pageWords">"Page {0} of {1}".</param>
    public PdfPages(PdfFile file, string footer, string pageWords)
    {
        this.file = file;
        this.footer = footer;
        this.pageWords = pageWords.Split("{1}");
        (root, regularFont, boldFont, total) = (file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve());
    }

    /// <summary>The width of a text.</summary>
    public int Measure(string text, int size, bool isBold) => (isBold ? bold : regular).Width(text) * size;

    /// <summary>Draws a text with its base line's start at a place.</summary>
    public void Text(string text, int left, int bottom, int size, bool isBold)
    {
        if (text.Length == 0)
            return;
        content.Append(CultureInfo.InvariantCulture, $"BT /{(isBold ? "F2" : "F1")} {size} Tf {Point(left)} {Point(bottom)} Td <");
        (isBold ? bold : regular).Append(content, text);
        content.Append("> Tj ET\n");
    }

    /// <summary>Draws a line from margin to margin.</summary>
    /// <param name="gray">0 is black, 1,000 white.</param>
    public void Rule(int bottom, int gray) =>
        content.Append(CultureInfo.InvariantCulture, $"{Point(gray)} G 0.5 w {Point(Margin)} {Point(bottom)} m {Point(Width - Margin)} {Point(bottom)} l S\n");

    /// <summary>Ends a page with its number. How many there are is an object of its own, which all pages show and which is written last.</summary>
    public void EndPage()
    {
        var number = pageWords[0].Replace("{0}", (pages.Count + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var left = Width - Margin - RoomForTotal;
        Text(footer, Margin, FooterPlace, FooterSize, isBold: false);
        Text(number, left - Measure(number, FooterSize, isBold: false), FooterPlace, FooterSize, isBold: false);
        content.Append(CultureInfo.InvariantCulture, $"q 1 0 0 1 {Point(left)} {Point(FooterPlace)} cm /Total Do Q\n");
        var drawing = file.WriteStream("", Encoding.ASCII.GetBytes(content.ToString()));
        pages.Add(file.Write(string.Create(CultureInfo.InvariantCulture, $"<< /Type /Page /Parent {root} 0 R /Contents {drawing} 0 R >>")));
        content.Clear();
    }

    /// <summary>Writes what the pages need.</summary>
    /// <returns>The root of the pages.</returns>
    public int Finish()
    {
        Text(pages.Count.ToString(CultureInfo.InvariantCulture) + pageWords[^1], 0, 0, FooterSize, isBold: false);
        file.WriteStream(
            total,
            string.Create(CultureInfo.InvariantCulture, $"/Type /XObject /Subtype /Form /BBox [0 -5 {RoomForTotal / 1000} 12] /Resources << /Font << /F1 {regularFont} 0 R >> >> "),
            Encoding.ASCII.GetBytes(content.ToString()));
        WriteFont(regularFont, regular, TrueTypeFont.Regular, "KOPECK+DejaVuSansCondensed");
        WriteFont(boldFont, bold, TrueTypeFont.Bold, "KOPECK+DejaVuSansCondensed-Bold");
        file.Write(root, string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Pages /MediaBox [0 0 {Width / 1000} {Height / 1000}] /Resources << /Font << /F1 {regularFont} 0 R /F2 {boldFont} 0 R >> /XObject << /Total {total} 0 R >> >> /Count {pages.Count} /Kids [{string.Join(' ', pages.Select(page => $"{page} 0 R"))}] >>"));
        return root;
    }

    /// <summary>A composite font (ISO 32000-1, 9.7) whose codes are its glyphs.</summary>
    void WriteFont(int number, FontSubset subset, TrueTypeFont font, string name)
    {
        var program = subset.Build();
        var embedded = file.WriteStream(string.Create(CultureInfo.InvariantCulture, $"/Length1 {program.Length} "), program);
        var descriptor = file.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [-1000 {font.Descent} 2000 {font.Ascent}] /ItalicAngle 0 /Ascent {font.Ascent} /Descent {font.Descent} /CapHeight 729 /StemV 80 /FontFile2 {embedded} 0 R >>"));
        var descendant = file.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /DW 600 /W [0 [{subset.Widths}]] >>"));
        var unicode = file.WriteStream("", Encoding.ASCII.GetBytes(subset.ToUnicode()));
        file.Write(number, string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>"));
    }

    static string Point(int thousandths) => string.Create(CultureInfo.InvariantCulture, $"{thousandths / 1000}.{thousandths % 1000:D3}");
}
