using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Calls;

/// <summary>Asks for every account's opening balance, turnover and closing balance of a period.</summary>
public sealed record TrialBalanceRequest : PeriodReportRequest
{
    static readonly Call Definition = new Call<TrialBalanceRequest, FileAnswer>(
        "GET",
        "/v1/reports/trial-balance",
        "Every account's opening balance, turnover and closing balance in debit and credit; zero per currency",
        RunAsync)
    {
        Scope = Scopes.Read,
        Formats = Formats,
        AnswerSchema = "TrialBalanceReport",
        Query = take =>
        [
            .. PeriodParameters(take),
        ],
    };

    /// <inheritdoc/>
    public override Call Call => Definition;
}
