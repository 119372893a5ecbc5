using System.Diagnostics.CodeAnalysis;
using System.Text;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>Reads feeds of quotes in their publishers' own formats. Figures are read digit by digit, dates come from the content.</summary>
public static class QuoteFeed
{
    static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// Reads a feed whose format is found by its content: ECB XML and CSV (daily and historical; also zipped), Bank of Russia XML
    /// (of a day, or of a currency over time), Frankfurter JSON (v1 of a day or a period, v2 rows) and openexchangerates JSON (also time
    /// series). Cells that are empty or <c>N/A</c> are passed over.
    /// </summary>
    /// <param name="content">The whole feed; the caller limits its size.</param>
    /// <param name="feed">What it says; null on an error.</param>
    /// <param name="error">
    /// <c>unknown_format</c>, <c>malformed_feed</c>, <c>bad_date</c>, <c>bad_rate</c> (zero, negative or not a number),
    /// <c>duplicate_rate</c> (a day, or a currency on a day, is there twice) or <c>empty_feed</c>; the detail names the place.
    /// </param>
    public static bool TryParse(
        ReadOnlyMemory<byte> content, [NotNullWhen(true)] out FeedContent? feed, [NotNullWhen(false)] out FieldError? error)
    {
        feed = null;
        if (ZippedFeed.IsZip(content.Span))
        {
            error = ZippedFeed.Unpack(content, out content);
            if (error is not null)
                return false;
        }

        if (content.Span.StartsWith(Utf8Mark))
            content = content[Utf8Mark.Length..];
        var start = content.Span.TrimStart(" \t\r\n"u8);
        error = start switch
        {
            [(byte)'<', ..] => XmlFeed.Read(content, out feed),
            [(byte)'{' or (byte)'[', ..] => JsonFeed.Read(content, out feed),
            _ when Ascii.EqualsIgnoreCase(start[..Math.Min(4, start.Length)], "date"u8) => EcbCsvFeed.Read(content.Span, out feed),
            _ => FeedErrors.UnknownFormat,
        };
        if (error is not null)
            feed = null;
        return error is null && feed is not null;
    }
}
