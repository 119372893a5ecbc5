using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks a hold to live longer.</summary>
public sealed record ExtendHoldRequest : ItemRequest
{
    static readonly Call Definition = new Call<ExtendHoldRequest, OperationAnswer>(
        "POST", "/v1/holds/{id}/extend", "Lets a hold live longer", RunAsync)
    {
        Scope = Scopes.Transfer,
        BodyKind = BodyKind.Json,
        BodyName = "HoldExtension",
        IsItem = true,
        ItemWord = "extend",
        NeedsKey = true,
        Success = 201,
        AnswerSchema = "Operation",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        InItem = take => [take.Id("hold", HoldInputs.Hold, r => r.Id, (r, id) => r.Id = id)],
        Body = take => HoldInputs.Life(
            take, r => r.ExpiresAt, (r, end) => r.ExpiresAt = end, r => r.ExpiresInSeconds, (r, number) => r.ExpiresInSeconds = number),
    };

    /// <summary>The hold.</summary>
    public LedgerId Id { get; set; }

    /// <summary>When it ends, later than before; <see cref="LedgerEnd.Never"/> is for administrators.</summary>
    public LedgerEnd ExpiresAt { get; set; }

    /// <summary>How many seconds it lives from now on, 1 to 31,622,400. Not with <see cref="ExpiresAt"/>.</summary>
    public long? ExpiresInSeconds { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    /// <inheritdoc/>
    public override void CheckWhole(Problems problems)
    {
        if (ExpiresAt.IsGiven && ExpiresInSeconds is not null)
            HoldInputs.Exclude(problems, "expiresInSeconds", HoldInputs.ExpiresAt);
        else if (!ExpiresAt.IsGiven && ExpiresInSeconds is null && !problems.Any)
            HoldInputs.Require(problems, HoldInputs.ExpiresAt, "say when it ends, or in expiresInSeconds how long it lives");
    }

    internal override MoneyCommand ToCommand() => new ExtendHold(Id.Number, HoldInputs.ToLife(ExpiresAt, ExpiresInSeconds));
}
