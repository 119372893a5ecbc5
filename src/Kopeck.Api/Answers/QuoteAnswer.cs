using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Api.Answers;

/// <summary>A quote.</summary>
[JsonConverter(typeof(AnswerConverter))]
public sealed record QuoteAnswer(Quote Quote) : Answer
{
    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("currency", Quote.Currency);
        json.WriteDate("date", Quote.Date);
        json.WritePair(Quote.Pair);
        json.WriteId("revision", Quote.Revision);
        json.WriteString("source", Quote.Source.Value);
        json.WriteEndObject();
    }
}
