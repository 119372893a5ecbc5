using System.Xml;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// The European Central Bank's reference rates in XML: eurofxref-daily.xml, -hist-90d.xml and -hist.xml. Units of the currency for
/// 1 EUR: a Cube of days, each a Cube with a time, of rates, each a Cube with a currency and a rate.
/// </summary>
static class EcbXmlFeed
{
    public const string EnvelopeNamespace = "http://www.gesmes.org/xml/2002-08-01";

    const string RatesNamespace = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref";

    public static FieldError? Read(XmlReader reader, out FeedContent? feed)
    {
        feed = null;
        var days = new FeedDays("ecb", FeedNotation.Ecb);
        FeedDays.Day? day = null;
        var dayDepth = 0;
        while (reader.Read())
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "Cube", NamespaceURI: RatesNamespace })
                continue;
            if (reader.GetAttribute("time") is { } time)
            {
                dayDepth = reader.Depth;
                if ((FeedDays.ReadDate(time, XmlFeed.Place(reader), out var date, "yyyy-MM-dd") ?? days.Begin(date, "EUR", "1", out day))
                    is { } wrong)
                    return wrong;
            }
            else if (reader.GetAttribute("currency") is { } currency)
            {
                if (day is null || reader.Depth != dayDepth + 1)
                    return FeedErrors.Malformed(XmlFeed.Place(reader), "a rate outside of a day");
                if (reader.GetAttribute("rate") is not { } rate)
                    return FeedErrors.Malformed(XmlFeed.Place(reader), $"{FeedErrors.Show(currency)} has no rate");
                if (EcbCsvFeed.IsNone(rate))
                    continue;
                if (days.Add(day, currency, rate) is { } wrong)
                    return wrong;
            }
        }

        return days.Finish(out feed);
    }
}
