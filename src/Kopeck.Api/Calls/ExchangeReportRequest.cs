using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Statements.Reports;

namespace Kopeck.Api.Calls;

/// <summary>Asks for the house's positions from conversions.</summary>
public sealed record ExchangeReportRequest : ReportCallRequest
{
    static readonly Call Definition = new Call<ExchangeReportRequest, FileAnswer>(
        "GET",
        "/v1/reports/exchange",
        "The house's positions from conversions, their worth at a date's quotes, realised and unrealised gain",
        RunAsync)
    {
        Scope = Scopes.Read,
        Formats = Formats,
        AnswerSchema = "ExchangeReport",
        Query = take =>
        [
            take.QueryDate(
                "date", "The date of the quotes; the day of the last operation if left out", r => r.Date, (r, date) => r.Date = date),
            .. Parameters(take),
        ],
    };

    /// <summary>The date of the quotes; the day of the last operation if left out.</summary>
    public LedgerDate Date { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    internal override ReportRequest Cover(ReportRequest request) => request with { Date = Date.Date };
}
