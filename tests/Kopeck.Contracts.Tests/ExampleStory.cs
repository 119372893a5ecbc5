using System.Text.Json.Nodes;
using Kopeck.Testing.Contracts;

namespace Kopeck.Contracts.Tests;

/// <summary>An example of the document: a request, and what it says of the answer.</summary>
sealed record Example(ApiOperation Operation, string Name, string Target, string? Body, string? Key, int? Status, JsonNode? Expected)
{
    public bool IsOperators => Operation.Scope == "operator";

    public override string ToString() => $"{Operation.Id}.{Name}";
}

/// <summary>The examples of the document in its order, made into requests as a reader would make them.</summary>
static class ExampleStory
{
    public static IReadOnlyList<Example> Read(ApiDocument document) =>
        [.. document.Operations.SelectMany(operation => NamesOf(operation).Select(name => Make(document, operation, name)))];

    static Example Make(ApiDocument document, ApiOperation operation, string name)
    {
        var path = operation.Path;
        var query = new List<string>();
        string? key = null;
        foreach (var parameter in operation.Parameters)
        {
            if (parameter["examples"]?[name]?["value"] is not { } value)
                continue;
            var (place, text) = (parameter["name"]!.GetValue<string>(), Uri.EscapeDataString(value.ToString()));
            if (parameter["in"]!.GetValue<string>() == "path")
                path = path.Replace($"{{{place}}}", text, StringComparison.Ordinal);
            else if (parameter["in"]!.GetValue<string>() == "query")
                query.Add($"{place}={text}");
            else
                key = value.ToString();
        }

        var body = operation.Json["requestBody"]?["content"]?["application/json"]?["examples"]?[name]?["value"];
        var (status, expected) = AnswerOf(document, operation, name);
        return new Example(
            operation, name, query.Count == 0 ? path : $"{path}?{string.Join('&', query)}", body?.ToJsonString(), key, status, expected);
    }

    static (int? Status, JsonNode? Expected) AnswerOf(ApiDocument document, ApiOperation operation, string name)
    {
        foreach (var status in ((JsonObject)operation.Json["responses"]!).Select(response => int.Parse(response.Key, null)))
        {
            foreach (var (_, content) in (JsonObject?)document.Response(operation, status)!["content"] ?? [])
            {
                if ((content!["examples"]?[name] ?? content["examples"]?[$"{operation.Id}.{name}"])?["value"] is { } value)
                    return (status, value);
            }
        }

        return (null, null);
    }

    static IEnumerable<string> NamesOf(ApiOperation operation) => operation.Parameters
        .Select(parameter => parameter["examples"])
        .Append(operation.Json["requestBody"]?["content"]?["application/json"]?["examples"])
        .Concat(((JsonObject)operation.Json["responses"]!).Where(response => response.Value!["content"] is not null)
            .SelectMany(response => ((JsonObject)response.Value!["content"]!).Select(content => content.Value!["examples"])))
        .SelectMany(examples => (examples as JsonObject ?? []).Select(example => example.Key)).Distinct(StringComparer.Ordinal);
}
