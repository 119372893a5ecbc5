using System.Text.Json.Nodes;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.OpenApi;

/// <summary>The parts that schemas are made of.</summary>
static class Shapes
{
    const string HashPattern = "^[0-9a-f]{64}$";
    const string ReceiverPattern = "^(cash|0|[1-9][0-9]*)$";

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    public static JsonObject Id() => Reference("Id");

    public static JsonObject Money() => Reference("Money");

    public static JsonObject Currency() => Reference("CurrencyCode");

    public static JsonObject Country() => Schemas.Of(FieldTypes.CountryCode);

    public static JsonObject Text(string? description = null) => Described(Type("string"), description);

    public static JsonObject Number() => new() { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 0 };

    public static JsonObject Small() => new() { ["type"] = "integer", ["format"] = "int32", ["minimum"] = 0 };

    public static JsonObject Flag() => Type("boolean");

    public static JsonObject Date() => new() { ["type"] = "string", ["format"] = "date" };

    public static JsonObject Time() => new() { ["type"] = "string", ["format"] = "date-time" };

    public static JsonObject Hash() =>
        new() { ["type"] = "string", ["pattern"] = HashPattern, ["description"] = "SHA-256, in hexadecimal" };

    /// <summary>Who is paid.</summary>
    public static JsonObject Receiver() => new() { ["type"] = "string", ["pattern"] = ReceiverPattern };

    /// <summary>A JSON object of the caller's own, with any members.</summary>
    public static JsonObject Metadata() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = true,
        ["description"] = "A JSON object of the caller's own; its numbers stay as they were sent, digit by digit",
    };

    public static JsonObject Binary() => new() { ["type"] = "string", ["format"] = "binary" };

    public static JsonObject Type(string type) => new() { ["type"] = type };

    public static JsonObject List(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    /// <summary>
    /// The same or null, as a type of two (JSON Schema 2020-12): generators read that, and few read a choice between a schema and null. So
    /// what a name stands for is said again in place.
    /// </summary>
    public static JsonObject Nullable(JsonObject schema)
    {
        var plain = schema["$ref"] is { } reference ? Schemas.Plain(reference.GetValue<string>().Split('/')[^1]) : schema;
        plain["type"] = new JsonArray(plain["type"]!.DeepClone(), "null");
        return plain;
    }

    /// <summary>An object whose members are all there unless one says otherwise.</summary>
    public static JsonObject Object(params Member[] members)
    {
        var properties = new JsonObject();
        foreach (var member in members)
            properties[member.Name] = member.Schema;
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        var required = members.Where(member => !member.IsOptional).Select(member => (JsonNode)member.Name).ToArray();
        if (required.Length > 0)
            schema["required"] = new JsonArray(required);
        return schema;
    }

    /// <summary>A member that an answer may lack.</summary>
    public static Member Maybe(string name, JsonObject schema) => new(name, schema, IsOptional: true);

    public static JsonObject Described(JsonObject schema, string? description)
    {
        if (description is not null)
            schema["description"] = description;
        return schema;
    }
}
