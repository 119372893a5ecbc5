using System.Xml;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// The Bank of Russia's official rates: XML_daily.asp, all currencies of a day, and XML_dynamic.asp, one currency over time, which names it
/// by an id of the bank's own. windows-1251, dates as <c>dd.mm.yyyy</c>, a decimal comma. Value is roubles for Nominal units of the
/// currency; VunitRate, which is derived from both, is passed over.
/// </summary>
static class BankOfRussiaFeed
{
    const string Base = "RUB";
    const string DateFormat = "dd.MM.yyyy";

    public static FieldError? Read(XmlReader reader, out FeedContent? feed)
    {
        feed = null;
        var days = new FeedDays("cbr", FeedNotation.BankOfRussia);
        var wrong =
            reader.GetAttribute("ID") is { } id
                && reader.GetAttribute("Date") is null ? ReadCurrency(reader, days, id) : ReadDay(reader, days);
        return wrong ?? days.Finish(out feed);
    }

    static FieldError? ReadDay(XmlReader reader, FeedDays days)
    {
        if (reader.GetAttribute("Date") is not { } text)
            return FeedErrors.Malformed(XmlFeed.Place(reader), "neither the Date of a day nor the ID of a currency is there");
        return FeedDays.ReadDate(text, XmlFeed.Place(reader), out var date, DateFormat)
            ?? days.Begin(date, Base, "1", out var day)
            ?? ReadEach(reader, "Valute", (valute, place) => Require(valute, place, "CharCode", "Nominal", "Value")
                ?? days.Add(day!, valute["CharCode"], valute["Value"], valute["Nominal"]));
    }

    static FieldError? ReadCurrency(XmlReader reader, FeedDays days, string id)
    {
        if (!BankOfRussiaIds.TryFind(id.Trim(), out var code))
            return FeedErrors.Malformed(
                XmlFeed.Place(reader),
                $"the currency of the ID {FeedErrors.Show(id)} is not known: load the daily files, which name it by its code");
        return ReadEach(reader, "Record", (record, place) => Require(record, place, "@Date", "Nominal", "Value")
            ?? FeedDays.ReadDate(record["@Date"], place, out var date, DateFormat)
            ?? days.Begin(date, Base, "1", out var day)
            ?? days.Add(day!, code!, record["Value"], record["Nominal"]));
    }

    static FieldError? ReadEach(XmlReader reader, string name, Func<Dictionary<string, string>, string, FieldError?> add)
    {
        var depth = reader.Depth + 1;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth != depth)
                continue;
            if (reader.LocalName != name)
                return FeedErrors.Malformed(XmlFeed.Place(reader), $"not a {name}");
            var date = reader.GetAttribute("Date");
            if (ReadValues(reader, values) is { } malformed)
                return malformed;
            if (date is not null)
                values["@Date"] = date;
            if (add(values, XmlFeed.Place(reader)) is { } wrong)
                return wrong;
        }

        return null;
    }

    /// <summary>Reads the children of an element and stops at its end.</summary>
    static FieldError? ReadValues(XmlReader reader, Dictionary<string, string> values)
    {
        values.Clear();
        if (reader.IsEmptyElement)
            return null;
        var depth = reader.Depth;
        var child = "";
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                child = reader.LocalName;
                if (reader.Depth > depth + 1 || !values.TryAdd(child, ""))
                    return FeedErrors.Malformed(XmlFeed.Place(reader), "an element that is there twice or inside of a value");
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                if (reader.Depth == depth + 1)
                    return FeedErrors.Malformed(XmlFeed.Place(reader), "text between the values");
                values[child] += reader.Value.Trim();
            }
        }

        return null;
    }

    static FieldError? Require(Dictionary<string, string> values, string place, params string[] names)
    {
        var missing = Array.Find(names, name => !values.ContainsKey(name));
        return missing is null ? null : FeedErrors.Malformed(place, $"{missing.TrimStart('@')} is missing");
    }
}
