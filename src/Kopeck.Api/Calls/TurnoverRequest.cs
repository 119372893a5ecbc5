using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Calls;

/// <summary>Asks for what moved on each day in each currency.</summary>
public sealed record TurnoverRequest : PeriodReportRequest
{
    static readonly Call Definition = new Call<TurnoverRequest, FileAnswer>(
        "GET", "/v1/reports/turnover", "What moved on each day in each currency", RunAsync)
    {
        Scope = Scopes.Read,
        Formats = Formats,
        AnswerSchema = "TurnoverReport",
        Query = take =>
        [
            .. PeriodParameters(take),
        ],
    };

    /// <inheritdoc/>
    public override Call Call => Definition;
}
