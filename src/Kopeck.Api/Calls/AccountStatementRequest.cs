using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Statements.Model;

namespace Kopeck.Api.Calls;

/// <summary>Asks for the statement of an account of any kind, as a bookkeeper asks for its card.</summary>
public sealed record AccountStatementRequest : StatementCallRequest
{
    static readonly Call Definition = new Call<AccountStatementRequest, FileAnswer>(
        "GET", "/v1/accounts/{id}/statement", "The statement of an account of any kind", RunAsync)
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

    /// <summary>The account: a wallet, an internal one or one of the ledger's own.</summary>
    public LedgerId Id { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    internal override StatementSubject Subject => new StatementSubject.OfAccount(Id.Number);
}
