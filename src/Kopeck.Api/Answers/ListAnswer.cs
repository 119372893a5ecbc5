using System.Text.Json;

namespace Kopeck.Api.Answers;

/// <summary>A page of a list, or a whole one.</summary>
/// <param name="Next">The cursor to go on with; null at the end.</param>
public abstract record ListAnswer(string? Next) : Answer
{
    /// <summary>How many items it has.</summary>
    public abstract int Count { get; }

    /// <summary>The items, of whatever type.</summary>
    public abstract IEnumerable<Answer> Answers { get; }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(json);
        json.WriteEndObject();
    }

    internal void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteStartArray("items");
        foreach (var item in Answers)
            item.WriteJson(json);
        json.WriteEndArray();
        json.WriteString("next", Next);
    }
}
