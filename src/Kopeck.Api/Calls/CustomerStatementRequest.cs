using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Statements.Model;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a statement of all of a customer's wallets.</summary>
public sealed record CustomerStatementRequest : StatementCallRequest
{
    static readonly Call Definition = new Call<CustomerStatementRequest, FileAnswer>(
        "GET", "/v1/customers/{id}/statement", "A statement of all of a customer's wallets", RunAsync)
    {
        Scope = Scopes.Read,
        Formats = Formats,
        AnswerSchema = "Statement",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        Query = take =>
        [
            .. Parameters(take),
        ],
    };

    /// <summary>The customer.</summary>
    public LedgerId Id { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    internal override StatementSubject Subject => new StatementSubject.OfCustomer(Id.Number);
}
