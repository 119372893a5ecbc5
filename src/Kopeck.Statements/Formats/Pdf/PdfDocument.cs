using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Kopeck.Ledger;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Pdf;

/// <summary>
/// A document with its title, language and times: those of the pinned instant, so that the same pin gives the same bytes.
/// </summary>
sealed class PdfDocument : IDisposable
{
    readonly PdfFile file;
    readonly Language language;
    readonly Letterhead? letterhead;
    readonly Instant made;

    public PdfDocument(PipeWriter output, Language language, Letterhead? letterhead, Instant made, string footer, bool isPortrait)
    {
        (this.language, this.letterhead, this.made) = (language, letterhead, made);
        file = new PdfFile(output);
        Pages = new PdfPages(file, footer, language.Page, isPortrait);
    }

    public PdfPages Pages { get; }

    /// <summary>Ends the last page and the file.</summary>
    /// <param name="subject">What makes the document's id: all that it depends on.</param>
    public void Finish(string title, string subject)
    {
        Pages.EndPage();
        var pages = Pages.Finish();
        var tags = Pages.Tags.Finish();
        var metadata = file.WritePlainStream("/Type /Metadata /Subtype /XML ", Encoding.UTF8.GetBytes(Metadata(title)));
        var catalog = file.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Catalog /Pages {pages} 0 R /Lang ({language.Code}) /MarkInfo << /Marked true >> /StructTreeRoot {tags} 0 R /Metadata {metadata} 0 R /ViewerPreferences << /DisplayDocTitle true >> >>"));
        var author = letterhead is { } house ? $" /Author {PdfFile.Text(house.Name)}" : "";
        var date = string.Concat(made.ToString()[..19].Where(char.IsAsciiDigit));
        var information = file.Write($"<< /Title {PdfFile.Text(title)}{author} /Producer (Kopeck) /CreationDate (D:{date}Z) >>");
        file.Finish(catalog, information, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(subject)).AsSpan(0, 16)));
    }

    public void Dispose() => file.Dispose();

    /// <summary>The same as XMP (ISO 16684-1), which archives read.</summary>
    string Metadata(string title) => $"""
        <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Escape(title)}</rdf:li></rdf:Alt></dc:title>
        <dc:language><rdf:Bag><rdf:li>{language.Code}</rdf:li></rdf:Bag></dc:language>
        {(letterhead is { } house ? $"<dc:creator><rdf:Seq><rdf:li>{Escape(house.Name)}</rdf:li></rdf:Seq></dc:creator>" : "")}
        <xmp:CreateDate>{made.ToString()[..19]}Z</xmp:CreateDate>
        <pdf:Producer>Kopeck</pdf:Producer>
        </rdf:Description>
        </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="w"?>
        """;

    static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
