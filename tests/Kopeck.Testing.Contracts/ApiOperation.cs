using System.Text.Json.Nodes;

namespace Kopeck.Testing.Contracts;

/// <summary>A call of the document.</summary>
public sealed record ApiOperation(string Method, string Path, JsonObject Json)
{
    readonly string[] segments = Path.Split('/');

    public string Id => Json["operationId"]!.GetValue<string>();

    public string Scope => Json["x-scope"]!.GetValue<string>();

    public IEnumerable<JsonObject> Parameters => (Json["parameters"] as JsonArray ?? []).Select(parameter => (JsonObject)parameter!);

    /// <summary>The schema of a JSON body; null where it takes none.</summary>
    public JsonObject? BodySchema => (JsonObject?)Json["requestBody"]?["content"]?["application/json"]?["schema"];

    public bool Matches(string path)
    {
        var parts = path.Split('/');
        return parts.Length == segments.Length && segments.Zip(parts).All(
            pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);
    }

    public override string ToString() => $"{Method} {Path}";
}
