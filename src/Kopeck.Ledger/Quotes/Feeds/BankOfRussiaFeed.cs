using System.Xml;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// The Bank of Russia's official rates, XML_daily.asp: windows-1251, dates as <c>dd.mm.yyyy</c>, a decimal comma. Value is roubles for
/// Nominal units of the currency; VunitRate, which is derived from both, is passed over.
/// </summary>
static class BankOfRussiaFeed
{
    public static FieldError? Read(XmlReader reader, out FeedContent? feed)
    {
        feed = null;
        var days = new FeedDays("cbr", ',', FeedDirection.BasePerCurrency);
        FeedDays.Day? day = null;
        if (reader.GetAttribute("Date") is not { } text)
            return FeedErrors.Malformed(XmlFeed.Place(reader), "the Date is missing");
        if ((FeedDays.ReadDate(text, XmlFeed.Place(reader), out var date, "dd.MM.yyyy") ?? days.Begin(date, "RUB", "1", out day)) is { } wrongDay)
            return wrongDay;

        var valuteDepth = reader.Depth + 1;
        var valute = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == valuteDepth)
            {
                if (reader.LocalName != "Valute")
                    return FeedErrors.Malformed(XmlFeed.Place(reader), "not a Valute");
                if ((ReadValute(reader, valute) ?? Add(days, day!, valute, XmlFeed.Place(reader))) is { } wrong)
                    return wrong;
            }
        }

        return days.Finish(out feed);
    }

    /// <summary>Reads the children of a Valute and stops at its end.</summary>
    static FieldError? ReadValute(XmlReader reader, Dictionary<string, string> valute)
    {
        valute.Clear();
        if (reader.IsEmptyElement)
            return null;
        var depth = reader.Depth;
        var child = "";
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                child = reader.LocalName;
                if (reader.Depth > depth + 1 || !valute.TryAdd(child, ""))
                    return FeedErrors.Malformed(XmlFeed.Place(reader), "an element that is there twice or inside of a value");
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                if (reader.Depth == depth + 1)
                    return FeedErrors.Malformed(XmlFeed.Place(reader), "text between the values");
                valute[child] += reader.Value.Trim();
            }
        }

        return null;
    }

    static FieldError? Add(FeedDays days, FeedDays.Day day, Dictionary<string, string> valute, string place)
    {
        foreach (var required in (string[])["CharCode", "Nominal", "Value"])
        {
            if (!valute.ContainsKey(required))
                return FeedErrors.Malformed(place, $"{required} is missing");
        }

        return days.Add(day, valute["CharCode"], valute["Value"], valute["Nominal"]);
    }
}
