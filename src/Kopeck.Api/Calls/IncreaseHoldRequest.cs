using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks a hold to reserve more: by an amount, or up to a new total.</summary>
public sealed record IncreaseHoldRequest : ItemRequest
{
    static readonly Call Definition = new Call<IncreaseHoldRequest, OperationAnswer>(
        "POST", "/v1/holds/{id}/increase", "Reserves more by a hold", RunAsync)
    {
        Scope = Scopes.Transfer,
        BodyKind = BodyKind.Json,
        BodyName = "HoldIncrease",
        IsItem = true,
        ItemWord = "increase",
        NeedsKey = true,
        Success = 201,
        AnswerSchema = "Operation",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        InItem = take => [take.Id("hold", HoldInputs.Hold, r => r.Id, (r, id) => r.Id = id)],
        Body = take =>
        [
            take.Amount(
                "by",
                "By how much, in the account's currency. Not with amount",
                r => r.By,
                (r, amount) => r.By = amount,
                isRequired: false),
            take.Amount(
                "amount",
                "The new total that is authorised, in the account's currency. Not with by",
                r => r.Amount,
                (r, amount) => r.Amount = amount,
                isRequired: false),
            take.Amount(
                "maxAmount",
                "How far captures may go from then on; as far as before, and no less than the new total, if left out",
                r => r.MaxAmount,
                (r, amount) => r.MaxAmount = amount,
                isRequired: false),
        ],
    };

    /// <summary>The hold.</summary>
    public LedgerId Id { get; set; }

    /// <summary>By how much, in the account's currency. Not with <see cref="Amount"/>.</summary>
    public LedgerAmount By { get; set; }

    /// <summary>The new total that is authorised. Not with <see cref="By"/>.</summary>
    public LedgerAmount Amount { get; set; }

    /// <summary>How far captures may go from then on; as far as before, and no less than the new total, if left out.</summary>
    public LedgerAmount MaxAmount { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    /// <inheritdoc/>
    public override void CheckWhole(Problems problems)
    {
        if (By.IsGiven && Amount.IsGiven)
            HoldInputs.Exclude(problems, "amount", "by");
        else if (!By.IsGiven && !Amount.IsGiven && !problems.Any)
            HoldInputs.Require(problems, "by", "say by how much, or the new total in amount");
    }

    internal override MoneyCommand ToCommand() =>
        new IncreaseHold(Id.Number, Amount.IsGiven ? Amount.Amount : By.Amount, Amount.IsGiven, MaxAmount.OrNull);
}
