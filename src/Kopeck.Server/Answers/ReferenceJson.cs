using System.Text.Json;
using Kopeck.Ledger.Reference;

namespace Kopeck.Server.Answers;

/// <summary>Reference data as JSON.</summary>
static class ReferenceJson
{
    public static void Write(Utf8JsonWriter json, IsoCurrency currency)
    {
        json.WriteStartObject();
        json.WriteString("code", currency.Code);
        json.WriteString("numericCode", currency.NumericCode);
        json.WriteNumber("minorUnits", currency.MinorUnits!.Value);
        json.WriteString("name", currency.Name);
        json.WriteString("symbol", currency.Symbol);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Country country)
    {
        json.WriteStartObject();
        json.WriteString("code", country.Alpha2);
        json.WriteString("alpha3", country.Alpha3);
        json.WriteString("numericCode", country.NumericCode);
        json.WriteString("name", country.Name);
        json.WriteStartArray("currencies");
        foreach (var currency in country.Currencies)
            json.WriteStringValue(currency);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, City city)
    {
        json.WriteStartObject();
        json.WriteString("name", city.Name);
        json.WriteString("country", city.Country);
        json.WriteNumber("population", city.Population);
        json.WriteEndObject();
    }
}
