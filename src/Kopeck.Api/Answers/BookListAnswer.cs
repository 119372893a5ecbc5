using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kopeck.Api.Answers;

/// <summary>The books, by name, and the names of those that could not be read now.</summary>
/// <param name="Items">Those that could be read.</param>
/// <param name="Unreadable">Where books are kept in several places and one cannot be reached: those that are there, else empty.</param>
[JsonConverter(typeof(AnswerConverter))]
public sealed record BookListAnswer(IReadOnlyList<BookAnswer> Items, IReadOnlyList<string> Unreadable) : ListAnswer((string?)null)
{
    /// <inheritdoc/>
    public override int Count => Items.Count;

    /// <inheritdoc/>
    public override IEnumerable<Answer> Answers => Items;

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(json);
        if (Unreadable.Count > 0)
        {
            json.WriteStartArray("unreadable");
            foreach (var name in Unreadable)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
