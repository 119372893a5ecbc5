using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Ledger.Reference;

namespace Kopeck.Api.Answers;

/// <summary>A currency of ISO 4217 that can hold money.</summary>
[JsonConverter(typeof(AnswerConverter))]
public sealed record CurrencyAnswer(IsoCurrency Currency) : Answer
{
    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("code", Currency.Code);
        json.WriteString("numericCode", Currency.NumericCode);
        json.WriteNumber("minorUnits", Currency.MinorUnits!.Value);
        json.WriteString("name", Currency.Name);
        json.WriteString("symbol", Currency.Symbol);
        json.WriteEndObject();
    }
}
