using System.Globalization;
using System.Text.Json.Nodes;
using Kopeck.Api;

namespace Kopeck.Server.OpenApi;

/// <summary>
/// The document's examples: requests in the order in which they are sent to a fresh book, with what is answered. A test sends them, and
/// writes the answers.
/// </summary>
static class Examples
{
    const string Resource = "Kopeck.Server.OpenApi.examples.json";

    static readonly JsonArray Story = Read();

    /// <summary>The problems among the answers that have a status.</summary>
    public static JsonObject OfStatus(int status)
    {
        var examples = new JsonObject();
        foreach (var example in All().Where(example => StatusOf(example) == status && example["answer"] is not null))
            examples[$"{Word(example, "call")}.{Word(example, "name")}"] = Value(example, "answer");
        return examples;
    }

    /// <summary>Adds those of a call to its parameters, body and answers.</summary>
    public static void AddTo(JsonObject operation, Call call)
    {
        foreach (var example in All().Where(example => Word(example, "call") == operation["operationId"]!.GetValue<string>()))
        {
            foreach (var parameter in (operation["parameters"] as JsonArray ?? []).Select(node => (JsonObject)node!))
                Add(parameter, ValueOf(parameter, example), example);
            if (example["body"] is not null && operation["requestBody"] is { } body)
                Add((JsonObject)body["content"]!["application/json"]!, example["body"]!.DeepClone(), example);
            if (example["answer"] is { } answer && StatusOf(example) == call.Success)
            {
                var content = operation["responses"]![Word(example, "status")]!["content"]!;
                Add((JsonObject)content[call.MediaType]!, answer.DeepClone(), example);
            }
        }
    }

    static JsonNode? ValueOf(JsonObject parameter, JsonObject example)
    {
        var name = parameter["name"]!.GetValue<string>();
        return name == "Idempotency-Key"
            ? $"{Word(example, "call")}-{Word(example, "name")}"
            : example["parameters"]?[name]?.DeepClone();
    }

    static void Add(JsonObject place, JsonNode? value, JsonObject example)
    {
        if (value is null)
            return;
        if (place["examples"] is not JsonObject examples)
            place["examples"] = examples = [];
        examples[Word(example, "name")] = new JsonObject { ["summary"] = Word(example, "summary"), ["value"] = value };
    }

    static JsonObject Value(JsonObject example, string member) =>
        new() { ["summary"] = Word(example, "summary"), ["value"] = example[member]!.DeepClone() };

    static int StatusOf(JsonObject example) => int.Parse(Word(example, "status"), CultureInfo.InvariantCulture);

    static string Word(JsonObject example, string member) => example[member]!.ToString();

    static IEnumerable<JsonObject> All() => Story.Select(example => (JsonObject)example!);

    static JsonArray Read()
    {
        using var stream = typeof(Examples).Assembly.GetManifestResourceStream(Resource)!;
        return (JsonArray)JsonNode.Parse(stream)!;
    }
}
