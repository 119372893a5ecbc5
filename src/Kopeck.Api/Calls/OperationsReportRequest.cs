using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Statements.Model;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a statement of all wallets of the one customer with a name.</summary>
public sealed record OperationsReportRequest : StatementCallRequest
{
    static readonly Call Definition = new Call<OperationsReportRequest, FileAnswer>(
        "GET", "/v1/reports/operations", "A statement of all wallets of the one customer with a name", RunAsync)
    {
        Scope = Scopes.Read,
        Formats = Formats,
        AnswerSchema = "Statement",
        Query = take =>
        [
            take.QueryText<CustomerName>(
                "name",
                "The customer's name, case and accents ignored, or the start of it if nobody is called so; "
                + "several such customers are 409 ambiguous_name",
                r => r.Name,
                (r, name) => r.Name = name,
                isRequired: true),
            .. Parameters(take),
        ],
    };

    /// <summary>The customer's name, case and accents ignored, or the start of it if nobody is called so.</summary>
    public LedgerText<CustomerName> Name { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    internal override StatementSubject Subject => new StatementSubject.OfName(Name.Value.Value);
}
