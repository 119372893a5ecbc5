using System.Text.Json;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Bodies;

/// <summary>A member of a body whose members are data, such as a currency's quote.</summary>
/// <param name="Text">The value as text: a string's, or a number's digits.</param>
/// <param name="Error">Why there is none.</param>
public readonly record struct MapEntry(string Name, string? Text, FieldError? Error = null)
{
    /// <summary>The members of a JSON object.</summary>
    public static IReadOnlyList<MapEntry> Read(JsonElement body) => [.. body.EnumerateObject().Select(property => Read(property.Name, property.Value))];

    static MapEntry Read(string name, JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.Number => new MapEntry(name, json.GetRawText()),
                JsonValueKind.String => new MapEntry(name, json.GetString()),
                _ => new MapEntry(name, null, new FieldError("wrong_type", "A quote is a decimal string, such as \"1.0842\"")),
            };
        }
        catch (InvalidOperationException)
        {
            return new MapEntry(name, null, new FieldError("unpaired_surrogate", "The text has an unpaired surrogate"));
        }
    }
}
