using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Ledger.Reference;

namespace Kopeck.Api.Answers;

/// <summary>A city.</summary>
[JsonConverter(typeof(AnswerConverter))]
public sealed record CityAnswer(City City) : Answer
{
    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", City.Name);
        json.WriteString("country", City.Country);
        json.WriteNumber("population", City.Population);
        json.WriteEndObject();
    }
}
