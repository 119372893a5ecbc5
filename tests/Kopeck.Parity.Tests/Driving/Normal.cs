using System.Globalization;
using System.Text.Json.Nodes;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>
/// JSON in one form: members by name, without nulls, empty texts, lists and objects and false flags, which some interfaces leave out.
/// Numbers that are ids or journal numbers are texts.
/// </summary>
public static class Normal
{
    public static string Json(string json) => Json(JsonNode.Parse(json));

    public static string Json(JsonNode? json) => Reduce(json)?.ToJsonString() ?? "";

    /// <summary>The text at a path such as <c>entries/0/amount</c>.</summary>
    public static string Find(string answer, string path)
    {
        var json = JsonNode.Parse(answer);
        foreach (var part in path.Split('/'))
            json = int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? json?[index] : json?[part];
        return json?.ToString() ?? throw new InvalidOperationException($"{path} is not in {answer}");
    }

    static JsonNode? Reduce(JsonNode? json)
    {
        switch (json)
        {
            case JsonObject members:
                // Whoever asks by a key leaves the minute of it; the library has none.
                var kept = members.Where(member => member.Key != "lastUsedAt")
                    .Select(member => (member.Key, Value: Reduce(member.Value))).Where(member => member.Value is not null)
                    .OrderBy(member => member.Key, StringComparer.Ordinal);
                return kept.Any() ? new JsonObject(kept.Select(member => KeyValuePair.Create(member.Key, member.Value))) : null;
            case JsonArray items when items.Count == 0:
                return null;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Reduce(item))]);
            case JsonValue value when value.ToJsonString() is "false" or "\"\"":
                return null;
            default:
                return json?.DeepClone();
        }
    }
}
