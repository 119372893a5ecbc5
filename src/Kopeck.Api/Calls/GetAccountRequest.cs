using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Calls;

/// <summary>Asks for an account, now or at a point in its history.</summary>
public sealed record GetAccountRequest : CallRequest<AccountAnswer>
{
    static readonly Call Definition = new Call<GetAccountRequest, AccountAnswer>(
        "GET", "/v1/accounts/{id}", "An account, now or at a point in its history", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "Account",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        Query = take =>
        [
            take.QueryPoint(Describe.At, r => r.At, (r, at) => r.At = at),
        ],
    };

    /// <summary>The account.</summary>
    public LedgerId Id { get; set; }

    /// <summary>As that journal number left it, or as of an instant in the past; now if left out.</summary>
    public LedgerPoint At { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<AccountAnswer>> RunAsync(CallContext context, GetAccountRequest request)
    {
        var (at, refusal) = await context.FindAsync(request.At.Point).ConfigureAwait(false);
        if (refusal is not null)
            return refusal;
        var (account, number) = await context.GetAccountAsync(request.Id, at).ConfigureAwait(false);
        return account is null ? Refusals.NotFound("account", request.Id.ToString()) : AccountAnswer.Of(account, number);
    }
}
