using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to take something of a hold, and to pay it to one receiver or several.</summary>
public sealed record CaptureHoldRequest : MoneyRequest
{
    static readonly Call Definition = new Call<CaptureHoldRequest, OperationAnswer>(
        "POST", "/v1/holds/{id}/capture", "Takes something of a hold, or all that remains, and pays it", RunAsync)
    {
        Scope = Scopes.Transfer,
        BodyKind = BodyKind.Json,
        MayLackBody = true,
        BodyName = "HoldCapture",
        IsItem = true,
        ItemWord = "capture",
        NeedsKey = true,
        Success = 201,
        AnswerSchema = "Operation",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        InItem = take => [take.Id("hold", HoldInputs.Hold, r => r.Id, (r, id) => r.Id = id)],
        Body = take =>
        [
            take.Amount(
                "amount",
                "How much; all that remains if left out. Not with legs",
                r => r.Amount,
                (r, amount) => r.Amount = amount,
                isRequired: false),
            take.Currency("currency", HoldInputs.Currency, r => r.Currency, (r, currency) => r.Currency = currency),
            take.Receiver(
                "to",
                "Who is paid: an account's id, or cash (scope cash); an internal account is for administrators. The hold's own receiver if left "
                + "out",
                r => r.To,
                (r, to) => r.To = to),
            take.Objects<HoldCaptureLeg>(
                "legs",
                "Several receivers, each perhaps in its own currency. Not with amount, currency or to",
                CaptureHold.MaxLegs,
                leg =>
                [
                    leg.Id("to", "The account that is paid", r => r.To, (r, id) => r.To = id),
                    leg.Amount("amount", Describe.Amount, r => r.Amount, (r, amount) => r.Amount = amount),
                    leg.Currency("currency", HoldInputs.Currency, r => r.Currency, (r, currency) => r.Currency = currency),
                ],
                r => r.Legs,
                (r, legs) => r.Legs = legs,
                isRequired: false),
            take.Flag("final", "true: what is not taken is released in the same operation", r => r.Final, (r, flag) => r.Final = flag),
            .. Remarks(take),
        ],
    };

    /// <summary>The hold.</summary>
    public LedgerId Id { get; set; }

    /// <summary>How much: exact; all that remains if left out. Not with <see cref="Legs"/>.</summary>
    public LedgerAmount Amount { get; set; }

    /// <summary>The account's or the receiver's: that side is exact. That in which the hold was asked for if left out.</summary>
    public LedgerCurrency Currency { get; set; }

    /// <summary>Who is paid; the hold's own receiver if left out.</summary>
    public LedgerReceiver To { get; set; }

    /// <summary>Several receivers, 1 to 1,000; null for one.</summary>
    public IReadOnlyList<HoldCaptureLeg>? Legs { get; set; }

    /// <summary>Whether what is not taken is released in the same operation.</summary>
    public bool Final { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    /// <inheritdoc/>
    public override void CheckWhole(Problems problems)
    {
        if (Legs is not null && (Amount.IsGiven || Currency.IsGiven || To.IsGiven))
            HoldInputs.Exclude(problems, "legs", "amount, currency or to");
        else if (Currency.IsGiven && !Amount.IsGiven && !problems.Any)
            HoldInputs.Require(problems, "amount", "a currency says of which side it is");
    }

    internal override MoneyCommand ToCommand() => new CaptureHold(Id.Number)
    {
        Amount = Amount.OrNull,
        Currency = Currency.OrNull,
        To = To.OrNull,
        ToCash = To.IsCash,
        Legs = Legs is { } legs ? [.. legs.Select(leg => new CaptureLeg(leg.To.Number, leg.Amount.Amount, leg.Currency.OrNull))] : null,
        IsFinal = Final,
        Description = Description.OrNull,
        Metadata = Metadata.OrNull,
    };
}
