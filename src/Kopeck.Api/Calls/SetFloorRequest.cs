using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to set an account's lowest balance.</summary>
public sealed record SetFloorRequest : CallRequest<AccountAnswer>
{
    static readonly Call Definition = new Call<SetFloorRequest, AccountAnswer>(
        "PUT", "/v1/accounts/{id}/floor", "Sets an account's lowest balance", RunAsync)
    {
        Scope = Scopes.Admin,
        BodyKind = BodyKind.Json,
        BodyName = "Floor",
        AnswerSchema = "Account",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        Body = take =>
        [
            take.Floor(r => r.Floor, (r, floor) => r.Floor = floor, isRequired: true),
        ],
    };

    /// <summary>The account.</summary>
    public LedgerId Id { get; set; }

    /// <summary>The lowest balance; <see cref="LedgerFloor.None"/> is none.</summary>
    public LedgerFloor Floor { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static ValueTask<Result<AccountAnswer>> RunAsync(CallContext context, SetFloorRequest request) =>
        context.SubmitAsync(new SetFloor(request.Id.Number, request.Floor.Amount), request, AccountAnswer.Of);
}
