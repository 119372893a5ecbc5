using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to open a frozen account again.</summary>
public sealed record UnfreezeAccountRequest : CallRequest<AccountAnswer>
{
    static readonly Call Definition = new Call<UnfreezeAccountRequest, AccountAnswer>(
        "POST", "/v1/accounts/{id}/unfreeze", "Opens a frozen account again", RunAsync)
    {
        Scope = Scopes.Admin,
        BodyKind = BodyKind.Empty,
        AnswerSchema = "Account",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
    };

    /// <summary>The account.</summary>
    public LedgerId Id { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static ValueTask<Result<AccountAnswer>> RunAsync(CallContext context, UnfreezeAccountRequest request) =>
        context.SubmitAsync(new UnfreezeAccount(request.Id.Number), request, AccountAnswer.Of);
}
