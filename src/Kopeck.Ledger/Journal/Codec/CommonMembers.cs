using System.Globalization;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.Journal.Codec;

/// <summary>Members that the bodies of several kinds have, in their canonical form; <see cref="Stored"/> reads them back.</summary>
public static class CommonMembers
{
    /// <summary>A currency's code, and the minor unit of the day.</summary>
    public static CanonicalJson Currency(this CanonicalJson json, Currency currency) =>
        json.Text("currency"u8, currency.Code).Number("minorUnits"u8, currency.MinorUnits);

    /// <summary>A day.</summary>
    public static CanonicalJson Date(this CanonicalJson json, ReadOnlySpan<byte> name, DateOnly date) =>
        json.Text(name, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>A quote's two figures.</summary>
    public static CanonicalJson Pair(this CanonicalJson json, QuotePair pair) =>
        json.Text("units"u8, pair.Units.ToString()).Text("base"u8, pair.Base.ToString());

    /// <summary>Description and metadata, where they are there.</summary>
    public static CanonicalJson Remarks(this CanonicalJson json, Description? description, Metadata? metadata)
    {
        json.OptionalText("description"u8, description?.Value);
        return metadata is { } value ? json.Name("metadata").Raw(value.Value) : json;
    }

    /// <summary>How it was converted, where it was.</summary>
    public static CanonicalJson Exchange(this CanonicalJson json, Exchange? exchange)
    {
        if (exchange is null)
            return json;
        json.StartObject("exchange"u8).Text("from"u8, exchange.From).Text("to"u8, exchange.To).Text("rate"u8, exchange.Rate)
            .Date("date"u8, exchange.Date);
        UsedQuote(json.StartObject("fromQuote"u8), exchange.FromQuote);
        UsedQuote(json.StartObject("toQuote"u8), exchange.ToQuote);
        return json.EndObject();
    }

    static void UsedQuote(CanonicalJson json, UsedQuote quote) =>
        json.Pair(quote.Pair).Date("date"u8, quote.Date).Number("revision"u8, quote.Revision).EndObject();
}
