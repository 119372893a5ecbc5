using System.Text.Json;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Answers;
using Kopeck.Server.Bodies;

namespace Kopeck.Server.Calls;

/// <summary>Batches of money operations.</summary>
public static class BatchCalls
{
    const int MaxItems = 10_000;

    static readonly Shape Body = new("Batch",
    [
        new Member("operations", MemberKind.Items, "Bodies of deposits, withdrawals, transfers and postings, each with its kind and optionally its own key") { IsRequired = true, MaxItems = MaxItems },
        new Member("atomic", MemberKind.Flag, "true: all or none; false if left out: each for itself"),
    ]);

    static readonly Member Kind = new("kind", MemberKind.Choice, "What the item is") { IsRequired = true, Words = [.. MoneyCalls.Kinds.Keys] };
    static readonly Member Key = new("key", MemberKind.Text, "The item's own idempotency key; made of the batch's key and the item's place if left out") { Field = FieldTypes.IdempotencyKey };
    static readonly Dictionary<string, Shape> ItemShapes = MoneyCalls.Kinds.ToDictionary(
        pair => pair.Key, pair => new Shape(pair.Value.Shape.Name + "Item", [Kind, Key, .. pair.Value.Shape.Members]), StringComparer.Ordinal);

    internal static IEnumerable<Call> All =>
    [
        new("POST", "/v1/batches", "Does up to 10,000 operations, each for itself or all or none", SubmitAsync)
        {
            // Each item needs the scope of its kind; a key that could do none of them is refused at once.
            Scope = Scopes.None,
            BodyKind = BodyKind.Json,
            Body = Body,
            NeedsKey = true,
            BodyLimit = Call.LargeBodyLimit,
            AnswerSchema = "BatchOutcomes",
        },
    ];

    /// <summary>The shapes of a batch's items, for the OpenAPI document.</summary>
    internal static IReadOnlyCollection<Shape> Items => ItemShapes.Values;

    /// <summary>Reads a batch's item; what is wrong with it becomes its refusal.</summary>
    public static Request ReadItem(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return Refuse(new FieldProblem("", "wrong_type", "An item of a batch is an object"));
        if (!item.TryGetProperty("kind", out var kind))
            return Refuse(new FieldProblem("/kind", "required", $"kind is one of {string.Join(", ", MoneyCalls.Kinds.Keys)}"));
        if (kind.ValueKind != JsonValueKind.String || !ItemShapes.TryGetValue(kind.GetRawText().Trim('"'), out var shape))
            return Refuse(new FieldProblem("/kind", "unknown_value", $"kind is one of {string.Join(", ", MoneyCalls.Kinds.Keys)}"));
        var problems = new List<FieldProblem>();
        var values = BodyReader.Read(item, shape, problems);
        if (problems.Count > 0)
            return Refuse([.. problems]);
        return new Request
        {
            Command = MoneyCalls.Kinds[values.Text("kind")].ToCommand(values),
            Key = values.OptionalText("key") is { } key ? IdempotencyKey.Parse(key) : null,
        };
    }

    /// <summary>What became of a batch, as JSON.</summary>
    public static void WriteOutcomes(Utf8JsonWriter json, BatchOutcome batch)
    {
        json.WriteStartObject();
        json.WriteStartArray("outcomes");
        foreach (var outcome in batch.Outcomes)
        {
            json.WriteStartObject();
            json.WriteNumber("status", outcome.Rejection?.Code.Status() ?? 201);
            json.WritePropertyName("body");
            if (outcome.Rejection is { } rejection)
                Problem.Write(json, rejection);
            else
                OperationContent.Of(outcome).WriteJson(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static async ValueTask<Answer> SubmitAsync(CallContext context)
    {
        var batch = await context.Engine.SubmitBatchAsync(context.Caller, context.ReadItems(), context.Body.Flag("atomic"), context.Query.IsDryRun, context.IdempotencyKey);
        if (batch.Rejection is { } rejection)
            return Answer.Reject(rejection);
        var accepted = batch.Outcomes.Where(outcome => outcome.IsAccepted).ToList();
        return Answer.Of(200, new BatchContent(batch), isReplay: accepted.Count > 0 && accepted.All(outcome => outcome.IsReplay));
    }

    static Request Refuse(params FieldProblem[] problems) => new() { Refusal = Rejection.InvalidFields([.. problems]) };
}
