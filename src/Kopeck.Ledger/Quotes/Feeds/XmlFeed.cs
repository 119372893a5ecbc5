using System.Text;
using System.Xml;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>Tells the XML feeds apart by their root element. Document types and entities are refused.</summary>
static class XmlFeed
{
    const int DeclarationLength = 200;

    public static FieldError? Read(ReadOnlyMemory<byte> content, out FeedContent? feed)
    {
        feed = null;
        if (EncodingOf(content.Span) is not { } encoding)
            return FeedErrors.Malformed("XML declaration", "the encoding is not UTF-8, windows-1251 or ISO-8859-1");
        try
        {
            // A text reader's encoding wins over the declaration's, so that windows-1251 needs no process-wide registration.
            using var text = new StringReader(encoding.GetString(content.Span));
            using var reader = XmlReader.Create(text, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
            });
            reader.MoveToContent();
            return reader switch
            {
                { LocalName: "Envelope", NamespaceURI: EcbXmlFeed.EnvelopeNamespace } => EcbXmlFeed.Read(reader, out feed),
                { LocalName: "ValCurs", NamespaceURI: "" } => BankOfRussiaFeed.Read(reader, out feed),
                _ => FeedErrors.UnknownFormat,
            };
        }
        catch (XmlException broken)
        {
            return FeedErrors.Malformed(
                $"line {broken.LineNumber}, position {broken.LinePosition}", "not well-formed XML without a document type");
        }
        catch (DecoderFallbackException)
        {
            return FeedErrors.Malformed("XML", $"not valid {encoding.WebName}");
        }
    }

    /// <summary>Where a reader stands.</summary>
    public static string Place(XmlReader reader) =>
        reader is IXmlLineInfo info ? $"line {info.LineNumber}, {reader.LocalName}" : reader.LocalName;

    static Encoding? EncodingOf(ReadOnlySpan<byte> content)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        var head = Encoding.Latin1.GetString(content[..Math.Min(DeclarationLength, content.Length)]);
        var end = head.IndexOf("?>", StringComparison.Ordinal);
        if (!head.StartsWith("<?xml", StringComparison.Ordinal) || end < 0)
            return utf8;
        var declaration = head[..end];
        var name = declaration.IndexOf("encoding", StringComparison.Ordinal);
        if (name < 0)
            return utf8;
        var value = declaration[name..].Split('"', '\'');
        return value.Length < 2 ? null : value[1].ToUpperInvariant() switch
        {
            "UTF-8" or "UTF8" or "US-ASCII" => utf8,
            "WINDOWS-1251" or "CP1251" => CodePagesEncodingProvider.Instance.GetEncoding(1251),
            "ISO-8859-1" => Encoding.Latin1,
            _ => null,
        };
    }
}
