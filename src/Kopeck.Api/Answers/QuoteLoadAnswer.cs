using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Engine.Quotes;

namespace Kopeck.Api.Answers;

/// <summary>What became of quotes that were to be loaded.</summary>
[JsonConverter(typeof(AnswerConverter))]
public sealed record QuoteLoadAnswer(QuoteLoadOutcome Outcome) : Answer
{
    /// <summary>The result of a load.</summary>
    internal static Result<QuoteLoadAnswer> ToResult(QuoteLoadOutcome outcome) => outcome.Rejection is { } rejection
        ? rejection
        : Result<QuoteLoadAnswer>.Of(new QuoteLoadAnswer(outcome)) with { IsReplay = outcome.IsReplay, IsDryRun = outcome.IsDryRun };

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("source", Outcome.Source.Value);
        json.WriteDate("firstDate", Outcome.FirstDate);
        json.WriteDate("lastDate", Outcome.LastDate);
        json.WriteNumber("dates", Outcome.Dates);
        json.WriteNumber("loaded", Outcome.Loaded);
        json.WriteNumber("unchanged", Outcome.Unchanged);
        json.WriteNumber("operations", Outcome.Operations);
        if (!Outcome.IsDryRun)
            json.WriteId("operation", Outcome.Operation);
        json.WriteStartArray("skipped");
        foreach (var figure in Outcome.Skipped)
        {
            json.WriteStartObject();
            json.WriteString("currency", figure.Currency);
            json.WriteString("code", figure.Reason.Code);
            json.WriteString("detail", figure.Reason.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
