using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to close an account at zero for ever.</summary>
public sealed record CloseAccountRequest : CallRequest<AccountAnswer>
{
    static readonly Call Definition = new Call<CloseAccountRequest, AccountAnswer>(
        "POST", "/v1/accounts/{id}/close", "Closes an account at zero for ever", RunAsync)
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

    static ValueTask<Result<AccountAnswer>> RunAsync(CallContext context, CloseAccountRequest request) =>
        context.SubmitAsync(new CloseAccount(request.Id.Number), request, AccountAnswer.Of);
}
