using System.Text.Json.Nodes;
using static Kopeck.Server.OpenApi.Shapes;

namespace Kopeck.Server.OpenApi;

/// <summary>The schemas of what became of a batch: an outcome's <c>result</c> says which of two it is.</summary>
static class BatchSchemas
{
    public static IEnumerable<(string Name, JsonObject Schema)> All() =>
    [
        ("BatchOutcomes", Object(("outcomes", List(Reference("BatchOutcome"))))),
        ("BatchOutcome", Outcome("DoneOutcome")),
        ("DoneOutcome", Done("Operation")),
        ("RefusedOutcome", Object(
            ("status", Status(400, 599)), ("result", Word("refused")), ("body", Reference("Problem")))),
        ("BatchOutcomesPreview", Object(("outcomes", List(Reference("BatchOutcomePreview"))))),
        ("BatchOutcomePreview", Outcome("DoneOutcomePreview")),
        ("DoneOutcomePreview", Done("OperationPreview")),
    ];

    static JsonObject Outcome(string done) => new()
    {
        ["oneOf"] = new JsonArray(Reference(done), Reference("RefusedOutcome")),
        ["discriminator"] = new JsonObject
        {
            ["propertyName"] = "result",
            ["mapping"] = new JsonObject
            {
                ["done"] = $"#/components/schemas/{done}",
                ["refused"] = "#/components/schemas/RefusedOutcome",
            },
        },
        ["description"] = "What became of an item, as if it had been sent by itself",
    };

    static JsonObject Done(string body) => Object(("status", Status(201, 201)), ("result", Word("done")), ("body", Reference(body)));

    static JsonObject Status(int least, int most) => new()
    {
        ["type"] = "integer",
        ["format"] = "int32",
        ["minimum"] = least,
        ["maximum"] = most,
        ["description"] = "The status that the item alone would have had",
    };

    static JsonObject Word(string word) => new() { ["type"] = "string", ["enum"] = new JsonArray(word) };
}
