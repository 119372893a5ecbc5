using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kopeck.Api.Answers;

/// <summary>The quotes in force on a date.</summary>
[JsonConverter(typeof(AnswerConverter))]
public sealed record QuotesInForceAnswer(DateOnly Date, string BaseCurrency, IReadOnlyList<QuoteAnswer> Quotes) : Answer
{
    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteDate("date", Date);
        json.WriteString("baseCurrency", BaseCurrency);
        new ListAnswer<QuoteAnswer>(Quotes).WriteMembers(json);
        json.WriteEndObject();
    }
}
