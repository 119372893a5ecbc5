using System.Globalization;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>What the parts of a document are, for those who have it read aloud (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).</summary>
sealed class PdfTags
{
    readonly PdfFile file;
    readonly int root;
    readonly List<int> pages = [];
    readonly List<int> onPage = [];

    public PdfTags(PdfFile file)
    {
        this.file = file;
        root = file.Reserve();
        Document = new PdfTag(file.Reserve(), "Document", root);
    }

    /// <summary>The whole.</summary>
    public PdfTag Document { get; }

    public PdfTag Open(string type, PdfTag parent)
    {
        var tag = new PdfTag(file.Reserve(), type, parent.Number);
        parent.Parts.Add(tag.Number);
        return tag;
    }

    public void Close(PdfTag tag) =>
        file.Pack(
            tag.Number,
            Text(
                $"<< /Type /StructElem /S /{tag.Type} /P {tag.Parent} 0 R /K [{string.Join(' ', tag.Parts.Select(part => Text($"{part} 0 R")))}] >>"));

    /// <summary>A part that is drawn on a page.</summary>
    /// <returns>The number of its drawing there.</returns>
    public int Leaf(string type, PdfTag parent, int page)
    {
        var number = file.Reserve();
        parent.Parts.Add(number);
        var scope = type == "TH" ? " /A << /O /Table /Scope /Column >>" : "";
        file.Pack(number, Text($"<< /Type /StructElem /S /{type} /P {parent.Number} 0 R /Pg {page} 0 R /K {onPage.Count}{scope} >>"));
        onPage.Add(number);
        return onPage.Count - 1;
    }

    /// <summary>A part without anything on it, such as an empty cell.</summary>
    public void Empty(string type, PdfTag parent)
    {
        var number = file.Reserve();
        parent.Parts.Add(number);
        file.Pack(number, Text($"<< /Type /StructElem /S /{type} /P {parent.Number} 0 R >>"));
    }

    /// <summary>Ends a page, and answers its number here.</summary>
    public int EndPage()
    {
        var drawn = file.Reserve();
        file.Pack(drawn, $"[{string.Join(' ', onPage.Select(number => Text($"{number} 0 R")))}]");
        pages.Add(drawn);
        onPage.Clear();
        return pages.Count - 1;
    }

    /// <summary>Writes the tree, and answers its root.</summary>
    public int Finish()
    {
        Close(Document);
        var byPage = string.Join(' ', pages.Select((drawn, page) => Text($"{page} {drawn} 0 R")));
        file.Pack(
            root,
            Text(
                $"<< /Type /StructTreeRoot /K [{Document.Number} 0 R] /ParentTree << /Nums [{byPage}] >> /ParentTreeNextKey {pages.Count} >>"));
        return root;
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
