using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks that what a hold reserves is free again, or a part of it.</summary>
public sealed record ReleaseHoldRequest : ItemRequest
{
    static readonly Call Definition = new Call<ReleaseHoldRequest, OperationAnswer>(
        "POST", "/v1/holds/{id}/release", "Frees what a hold reserves, or a part of it", RunAsync)
    {
        Scope = Scopes.Transfer,
        BodyKind = BodyKind.Json,
        MayLackBody = true,
        BodyName = "HoldRelease",
        IsItem = true,
        ItemWord = "release",
        NeedsKey = true,
        Success = 201,
        AnswerSchema = "Operation",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        InItem = take => [take.Id("hold", HoldInputs.Hold, r => r.Id, (r, id) => r.Id = id)],
        Body = take =>
        [
            take.Amount(
                "amount",
                "How much, in the account's currency; all that remains if left out",
                r => r.Amount,
                (r, amount) => r.Amount = amount,
                isRequired: false),
        ],
    };

    /// <summary>The hold.</summary>
    public LedgerId Id { get; set; }

    /// <summary>How much, in the account's currency; all that remains if left out.</summary>
    public LedgerAmount Amount { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    internal override MoneyCommand ToCommand() => new ReleaseHold(Id.Number, Amount.OrNull);
}
