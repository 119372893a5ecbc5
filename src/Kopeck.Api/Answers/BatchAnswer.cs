using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Engine.Requests;

namespace Kopeck.Api.Answers;

/// <summary>What became of a batch: an outcome for each item, in order.</summary>
[JsonConverter(typeof(AnswerConverter))]
public sealed record BatchAnswer(IReadOnlyList<Result<OperationAnswer>> Outcomes) : Answer
{
    const int Created = 201;

    /// <summary>What the engine made of it.</summary>
    internal static BatchAnswer Of(BatchOutcome batch)
    {
        // In a dry run what the first of them would make, the later ones name by numbers that do not exist.
        var first = batch.Outcomes.FirstOrDefault(outcome => outcome is { IsDryRun: true, IsReplay: false, Group.Count: > 0 });
        var firstNew = first?.Group[0].Number;
        var results = new Result<OperationAnswer>[batch.Outcomes.Count];
        for (var place = 0; place < results.Length; place++)
            results[place] = CallContext.ToResult(batch.Outcomes[place], outcome => OperationAnswer.Of(outcome, firstNew));
        return new BatchAnswer(results);
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("outcomes");
        foreach (var outcome in Outcomes)
        {
            json.WriteStartObject();
            json.WriteNumber("status", outcome.Rejection?.Code.Status() ?? Created);
            json.WriteString("result", outcome.Rejection is null ? "done" : "refused");
            json.WritePropertyName("body");
            if (outcome.Rejection is { } rejection)
                Problem.Write(json, rejection);
            else
                outcome.Value.WriteJson(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
