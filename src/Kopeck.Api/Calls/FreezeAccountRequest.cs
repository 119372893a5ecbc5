using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to stop an account's debits, or all its movements.</summary>
public sealed record FreezeAccountRequest : CallRequest<AccountAnswer>
{
    static readonly Call Definition = new Call<FreezeAccountRequest, AccountAnswer>(
        "POST", "/v1/accounts/{id}/freeze", "Stops an account's debits, or all its movements", RunAsync)
    {
        Scope = Scopes.Admin,
        BodyKind = BodyKind.Json,
        BodyName = "Freeze",
        AnswerSchema = "Account",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        Body = take =>
        [
            take.Choice(
                "what",
                "debits: money still comes in; all: nothing moves",
                AccountWords.Freezes,
                r => r.What,
                (r, what) => r.What = what,
                isRequired: true),
        ],
    };

    /// <summary>The account.</summary>
    public LedgerId Id { get; set; }

    /// <summary>What it is to be: <see cref="AccountStatus.DebitsFrozen"/> or <see cref="AccountStatus.Frozen"/>.</summary>
    public AccountStatus? What { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static ValueTask<Result<AccountAnswer>> RunAsync(CallContext context, FreezeAccountRequest request) =>
        context.SubmitAsync(new FreezeAccount(request.Id.Number, request.What!.Value), request, AccountAnswer.Of);
}
