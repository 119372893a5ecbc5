using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Ledger.Reference;

namespace Kopeck.Api.Answers;

/// <summary>A country of ISO 3166-1.</summary>
[JsonConverter(typeof(AnswerConverter))]
public sealed record CountryAnswer(Country Country) : Answer
{
    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("code", Country.Alpha2);
        json.WriteString("alpha3", Country.Alpha3);
        json.WriteString("numericCode", Country.NumericCode);
        json.WriteString("name", Country.Name);
        json.WriteStartArray("currencies");
        foreach (var currency in Country.Currencies)
            json.WriteStringValue(currency);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
