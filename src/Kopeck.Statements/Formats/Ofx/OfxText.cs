using System.IO.Pipelines;
using System.Text;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Ofx;

/// <summary>Aggregates and values as XML (OFX 2) or SGML (OFX 1), which differ in the header and in the end tags of values.</summary>
sealed class OfxText(PipeWriter output, OfxForm form)
{
    const string XmlHeader = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"no\"?>\n"
        + "<?OFX OFXHEADER=\"200\" VERSION=\"220\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n";

    const string SgmlHeader = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:UTF-8\r\nCHARSET:NONE\r\n"
        + "COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n";

    readonly StringBuilder text = new();
    readonly Stack<string> open = new();

    public bool IsXml => form == OfxForm.Ofx2;

    public void Header() => text.Append(IsXml ? XmlHeader : SgmlHeader);

    public void Begin(string aggregate)
    {
        Indent().Append('<').Append(aggregate).Append(">\n");
        open.Push(aggregate);
    }

    public void End()
    {
        var aggregate = open.Pop();
        Indent().Append("</").Append(aggregate).Append(">\n");
    }

    public void Value(string name, string value)
    {
        Indent().Append('<').Append(name).Append('>');
        text.Append(value.AsSpan().ContainsAny('&', '<', '>')
            ? value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal)
            : value);
        if (IsXml)
            text.Append("</").Append(name).Append('>');
        text.Append('\n');
    }

    public async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        foreach (var chunk in text.GetChunks())
            Encoding.UTF8.GetBytes(chunk.Span, output);
        text.Clear();
        await output.SendAsync(cancellationToken);
    }

    StringBuilder Indent() => text.Append(' ', IsXml ? open.Count : 0);
}
