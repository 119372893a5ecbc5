using System.Globalization;
using System.Text;
using Kopeck.Statements.Formats.Pdf.Fonts;
using Kopeck.Statements.Formats.Pdf.Text;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>
/// The pages of a document and what is drawn on them. Lengths are thousandths of a point, counted from the lower left corner, so that
/// nothing is rounded on the way.
/// </summary>
sealed class PdfPages
{
    public const int Margin = 36_000;

    const int Long = 842_000;
    const int Short = 595_000;
    const int FooterSize = 7_000;
    const int FooterPlace = 22_000;
    const int RoomForTotal = 24_000;

    readonly PdfFile file;
    readonly FontSubset regular = new(TrueTypeFont.Regular);
    readonly FontSubset bold = new(TrueTypeFont.Bold);
    readonly TextLayout layout;
    readonly StringBuilder content = new();
    readonly List<int> pages = [];
    readonly int root;
    readonly int resources;
    readonly int regularFont;
    readonly int boldFont;
    readonly int total;
    readonly string footer;
    readonly string[] pageWords;
    int page;

    /// <param name="footer">What every page says at its foot.</param>
    /// <param name="pageWords">"Page {0} of {1}".</param>
    /// <param name="isPortrait">A4 standing; lying otherwise.</param>
    public PdfPages(PdfFile file, string footer, string pageWords, bool isPortrait)
    {
        this.file = file;
        this.footer = footer;
        this.pageWords = pageWords.Split("{1}");
        layout = new TextLayout(regular, bold);
        (Width, Height) = isPortrait ? (Short, Long) : (Long, Short);
        (root, resources, regularFont, boldFont, total) = (file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve());
        Tags = new PdfTags(file);
        page = file.Reserve();
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Between the margins.</summary>
    public int Inside => Width - 2 * Margin;

    public PdfTags Tags { get; }

    /// <summary>Whether a letter was without a font, and is a box.</summary>
    public bool HasBoxes => layout.HasBoxes;

    /// <summary>The width of a text.</summary>
    public int Measure(string text, int size, bool isBold) => (int)((long)layout.Lay(text, isBold).Width * size / 1000);

    /// <summary>Begins what is a part of the document of its own.</summary>
    public void Begin(string type, PdfTag parent) =>
        content.Append(CultureInfo.InvariantCulture, $"/{type} <</MCID {Tags.Leaf(type, parent, page)}>> BDC\n");

    /// <summary>Begins what is only for the eye.</summary>
    public void BeginArtifact() => content.Append("/Artifact BMC\n");

    public void End() => content.Append("EMC\n");

    /// <summary>Draws a text with its base line's start at a place.</summary>
    public void Text(string text, int left, int bottom, int size, bool isBold)
    {
        if (text.Length == 0)
            return;
        foreach (var run in layout.Lay(text, isBold).Runs)
        {
            if (run.Font is null)
            {
                content.Append(
                    CultureInfo.InvariantCulture, $"BT /{(isBold ? "F2" : "F1")} {Point(size)} Tf {Point(left)} {Point(bottom)} Td <");
                (isBold ? bold : regular).Append(content, run.Text);
                content.Append("> Tj ET\n");
            }
            else
            {
                ShapedText.Draw(content, run, left, bottom, size, isBold);
            }

            left += (int)((long)run.Width * size / 1000);
        }
    }

    /// <summary>Draws a line from margin to margin.</summary>
    /// <param name="gray">0 is black, 1,000 white.</param>
    public void Rule(int bottom, int gray) => content.Append(
        CultureInfo.InvariantCulture,
        $"/Artifact BMC\n{Point(gray)} G 0.5 w {Point(Margin)} {Point(bottom)} m {Point(Width - Margin)} {Point(bottom)} l S\nEMC\n");

    /// <summary>Fills from margin to margin, behind what is drawn later.</summary>
    public void Shade(int bottom, int height, int gray) => content.Append(
        CultureInfo.InvariantCulture,
        $"/Artifact BMC\nq {Point(gray)} g {Point(Margin)} {Point(bottom)} {Point(Width - 2 * Margin)} {Point(height)} re f Q\nEMC\n");

    /// <summary>
    /// Ends a page with its number. How many there are is an object of its own, which all pages show and which is written last.
    /// </summary>
    public void EndPage()
    {
        var number = pageWords[0].Replace("{0}", (pages.Count + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var left = Width - Margin - RoomForTotal;
        BeginArtifact();
        Text(footer, Margin, FooterPlace, FooterSize, isBold: false);
        Text(number, left - Measure(number, FooterSize, isBold: false), FooterPlace, FooterSize, isBold: false);
        content.Append(CultureInfo.InvariantCulture, $"q 1 0 0 1 {Point(left)} {Point(FooterPlace)} cm /Total Do Q\n");
        End();
        var drawing = file.WriteStream("", Encoding.ASCII.GetBytes(content.ToString()));
        file.Pack(page, string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Page /Parent {root} 0 R /Resources {resources} 0 R /Contents {drawing} 0 R /StructParents {Tags.EndPage()} /Tabs /S >>"));
        pages.Add(page);
        page = file.Reserve();
        content.Clear();
    }

    /// <summary>Writes what the pages need.</summary>
    /// <returns>The root of the pages.</returns>
    public int Finish()
    {
        // The page that was numbered and not begun.
        file.Pack(page, "null");
        Text(pages.Count.ToString(CultureInfo.InvariantCulture) + pageWords[^1], 0, 0, FooterSize, isBold: false);
        file.WriteStream(
            total,
            string.Create(
                CultureInfo.InvariantCulture,
                $"/Type /XObject /Subtype /Form /BBox [0 -5 {RoomForTotal / 1000} 12] /Resources << /Font << /F1 {regularFont} 0 R >> >> "),
            Encoding.ASCII.GetBytes(content.ToString()));
        WriteFont(regularFont, regular, TrueTypeFont.Regular, "KOPECK+DejaVuSansCondensed");
        WriteFont(boldFont, bold, TrueTypeFont.Bold, "KOPECK+DejaVuSansCondensed-Bold");
        var fonts = string.Create(CultureInfo.InvariantCulture, $"/F1 {regularFont} 0 R /F2 {boldFont} 0 R");
        foreach (var font in layout.Fonts)
        {
            var number = file.Reserve();
            font.Write(file, number);
            fonts += string.Create(CultureInfo.InvariantCulture, $" /{font.Resource} {number} 0 R");
        }

        file.Pack(resources, string.Create(CultureInfo.InvariantCulture, $"<< /Font << {fonts} >> /XObject << /Total {total} 0 R >> >>"));
        var kids = string.Join(' ', pages.Select(number => string.Create(CultureInfo.InvariantCulture, $"{number} 0 R")));
        file.Pack(
            root,
            string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Pages /MediaBox [0 0 {Width / 1000} {Height / 1000}] /Count {pages.Count} /Kids [{kids}] >>"));
        return root;
    }

    /// <summary>The program's own font: a composite one (ISO 32000-1, 9.7) whose codes are its glyphs.</summary>
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

    /// <summary>A length as the file has it.</summary>
    public static string Point(int thousandths) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(thousandths < 0 ? "-" : "")}{Math.Abs(thousandths) / 1000}.{Math.Abs(thousandths) % 1000:D3}");
}
