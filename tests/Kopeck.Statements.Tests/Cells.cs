using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Kopeck.Statements.Tests;

/// <summary>A workbook as text, a line a cell: its place, whether it is a number or text, its value and its format.</summary>
static class Cells
{
    static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static string Dump(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        var formats = Formats(Read(zip, "xl/styles.xml"));
        var text = new StringBuilder();
        var sheets = Read(zip, "xl/workbook.xml").Descendants(Main + "sheet").Select(sheet => sheet.Attribute("name")!.Value).ToList();
        var parts = Read(zip, "xl/_rels/workbook.xml.rels").Elements()
            .ToDictionary(part => part.Attribute("Id")!.Value, part => part.Attribute("Target")!.Value, StringComparer.Ordinal);
        for (var index = 0; index < sheets.Count; index++)
        {
            var sheet = Read(zip, "xl/" + parts[string.Create(CultureInfo.InvariantCulture, $"rId{index + 1}")]);
            text.Append("# ").Append(sheets[index]);
            if (sheet.Descendants(Main + "pane").SingleOrDefault(pane => pane.Attribute("state")?.Value == "frozen") is { } pane)
                text.Append(CultureInfo.InvariantCulture, $" (frozen above {pane.Attribute("topLeftCell")!.Value})");
            text.Append('\n');
            foreach (var cell in sheet.Descendants(Main + "c"))
                text.Append(Dump(cell, formats)).Append('\n');
        }

        return text.ToString();
    }

    static string Dump(XElement cell, IReadOnlyList<string> formats)
    {
        Assert.Empty(cell.Descendants(Main + "f"));
        var isText = cell.Attribute("t")?.Value == "inlineStr";
        var value = isText ? string.Concat(cell.Descendants(Main + "t").Select(part => part.Value)) : cell.Element(Main + "v")!.Value;
        if (!isText)
            Assert.True(
                decimal.TryParse(
                    value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
                value);
        var format = formats[int.Parse(cell.Attribute("s")?.Value ?? "0", CultureInfo.InvariantCulture)];
        return $"{cell.Attribute("r")!.Value} {(isText ? "text" : "number")} {value}{(format.Length > 0 ? $" [{format}]" : "")}";
    }

    /// <summary>What each style says.</summary>
    static List<string> Formats(XElement styles)
    {
        var numbers = styles.Descendants(Main + "numFmt")
            .ToDictionary(
                format => format.Attribute("numFmtId")!.Value, format => format.Attribute("formatCode")!.Value, StringComparer.Ordinal);
        return
        [
            .. styles.Element(Main + "cellXfs")!.Elements().Select(
                style =>
                    string.Join(
                        ' ',
                        new[]
                        {
                            numbers.GetValueOrDefault(style.Attribute("numFmtId")!.Value),
                            style.Attribute("fontId")!.Value == "1" ? "bold" : null,
                            style.Attribute("quotePrefix")?.Value == "1" ? "quoted" : null
                        }.OfType<string>()))
        ];
    }

    static XElement Read(ZipArchive zip, string part)
    {
        using var stream = zip.GetEntry(part)!.Open();
        return XElement.Load(stream);
    }
}
