using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Calls;

/// <summary>Asks for the list of a period's postings: each operation's debits and credits.</summary>
public sealed record PostingsReportRequest : PeriodReportRequest
{
    static readonly Call Definition = new Call<PostingsReportRequest, FileAnswer>(
        "GET", "/v1/reports/postings", "The postings of a period: what each operation debited and credited", RunAsync)
    {
        Scope = Scopes.Read,
        Formats = Formats,
        AnswerSchema = "PostingReport",
        Query = take =>
        [
            .. PeriodParameters(take),
        ],
    };

    /// <inheritdoc/>
    public override Call Call => Definition;
}
