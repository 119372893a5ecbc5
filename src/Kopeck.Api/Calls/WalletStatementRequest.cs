using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Statements.Model;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a wallet's statement.</summary>
public sealed record WalletStatementRequest : StatementCallRequest
{
    static readonly Call Definition = new Call<WalletStatementRequest, FileAnswer>(
        "GET", "/v1/wallets/{id}/statement", "A wallet's statement", RunAsync)
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

    /// <summary>The wallet.</summary>
    public LedgerId Id { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    internal override StatementSubject Subject => new StatementSubject.OfWallet(Id.Number);
}
