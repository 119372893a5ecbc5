using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Kopeck.Testing.Contracts;

/// <summary>The committed OpenAPI document, read as a stranger reads it.</summary>
public sealed class ApiDocument
{
    const string Schemas = "#/components/schemas/";

    readonly JsonObject definitions;
    readonly Dictionary<string, JsonSchema> built = new(StringComparer.Ordinal);
    readonly Lock building = new();

    public ApiDocument(string text)
    {
        Json = (JsonObject)JsonNode.Parse(text)!;
        Operations =
        [
            .. ((JsonObject)Json["paths"]!).SelectMany(path => ((JsonObject)path.Value!).Select(
                method => new ApiOperation(method.Key.ToUpperInvariant(), path.Key, (JsonObject)method.Value!))),
        ];
        definitions = (JsonObject)Tighten(Json["components"]!["schemas"]!)!;
    }

    public static ApiDocument Committed { get; } = new(File.ReadAllText(PathOf()));

    public JsonObject Json { get; }

    public IReadOnlyList<ApiOperation> Operations { get; }

    public static string PathOf([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "openapi.json"));

    /// <summary>The call that a request is; null where the document has none. A path's own words win over places.</summary>
    public ApiOperation? Find(string method, string path) => Operations
        .Where(operation => operation.Method == method && operation.Matches(path))
        .MinBy(operation => operation.Path.Count(letter => letter == '{'));

    /// <summary>A response, wherever it is written.</summary>
    public JsonObject? Response(ApiOperation operation, int status)
    {
        var response = (JsonObject?)operation.Json["responses"]![status.ToString(CultureInfo.InvariantCulture)];
        return response?["$ref"] is { } reference
            ? (JsonObject)Json["components"]!["responses"]![reference.GetValue<string>().Split('/')[^1]]!
            : response;
    }

    /// <summary>
    /// What is wrong with a value; nothing where it is what the schema says. Members that the schema does not name are wrong here, though
    /// the document lets answers grow.
    /// </summary>
    public IReadOnlyList<string> Check(JsonObject schema, string json)
    {
        JsonSchema compiled;
        lock (building)
        {
            var key = schema.ToJsonString();
            if (!built.TryGetValue(key, out compiled!))
                built[key] = compiled = Build(schema);
        }

        using var document = JsonDocument.Parse(json);
        var results = compiled.Evaluate(
            document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        if (results.IsValid)
            return [];
        return
        [
            .. (results.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(
                error => $"{detail.InstanceLocation}: {error.Key}: {error.Value} ({detail.EvaluationPath})")),
        ];
    }

    public static JsonObject Reference(string name) => new() { ["$ref"] = Schemas + name };

    JsonSchema Build(JsonObject schema)
    {
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = string.Create(CultureInfo.InvariantCulture, $"https://kopeck.test/{built.Count}"),
            ["allOf"] = new JsonArray(Tighten(schema)),
            ["$defs"] = Needed(Tighten(schema)!),
        };
        return JsonSchema.FromText(root.ToJsonString(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });
    }

    /// <summary>The definitions that a schema leads to: the others would only take time.</summary>
    JsonObject Needed(JsonNode schema)
    {
        var needed = new JsonObject();
        var waiting = new Stack<JsonNode>([schema]);
        while (waiting.TryPop(out var node))
        {
            foreach (var name in References(node).Where(name => !needed.ContainsKey(name)).Distinct(StringComparer.Ordinal).ToList())
            {
                needed[name] = definitions[name]!.DeepClone();
                waiting.Push(needed[name]!);
            }
        }

        return needed;
    }

    static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonArray array => array.SelectMany(References),
        JsonObject json => json.SelectMany(member => member is { Key: "$ref", Value: JsonValue value }
            ? [value.GetValue<string>().Split('/')[^1]]
            : References(member.Value)),
        _ => [],
    };

    /// <summary>A copy in which references are JSON Schema's own and objects have no members but those that are named.</summary>
    static JsonNode? Tighten(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(Tighten)]);
            case JsonObject json:
                var copy = new JsonObject();
                foreach (var (name, value) in json)
                {
                    if (name == "$ref" && value is JsonValue)
                        copy[name] = value.GetValue<string>().Replace(Schemas, "#/$defs/", StringComparison.Ordinal);
                    else if (name is not "discriminator" and not "description" || value is not (JsonObject or JsonValue))
                        copy[name] = Tighten(value);
                }

                if (json["properties"] is JsonObject properties && properties.Any(property => property.Value is JsonObject)
                    && json["type"] is not null && !json.ContainsKey("additionalProperties"))
                    copy["additionalProperties"] = false;
                // Members that are called so.
                if (json["description"] is JsonObject described && copy["description"] is null)
                    copy["description"] = Tighten(described);
                return copy;
            default:
                return node?.DeepClone();
        }
    }
}
