using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Reversals;

namespace Kopeck.Api.Calls;

/// <summary>Asks to take an operation that moved money back, whole or in part.</summary>
public sealed record ReverseOperationRequest : MoneyRequest
{
    static readonly Words<Difference> DifferenceWords = new([.. Enum.GetValues<Difference>().Select(bearer => (bearer.Name(), bearer))]);

    static readonly Words<OnInsufficient> InsufficientWords = new(
        ("reject", Calls.OnInsufficient.Reject), ("partial", Calls.OnInsufficient.Partial));

    static readonly FieldType LegPlace =
        new() { Name = "leg_place", Kind = FieldKind.Integer, Description = "The leg's place in the operation, from 0" };

    static readonly Call Definition = new Call<ReverseOperationRequest, OperationAnswer>(
        "POST", "/v1/operations/{id}/reverse", "Takes an operation that moved money back, whole or in part", RunAsync)
    {
        // The original says which of them is needed; a key that has none is refused at once.
        AnyScope = Scopes.Transfer | Scopes.Cash | Scopes.Administer,
        ScopeNote = "the original's",
        BodyKind = BodyKind.Json,
        MayLackBody = true,
        BodyName = "Reversal",
        IsItem = true,
        ItemWord = "reverse",
        NeedsKey = true,
        Success = 201,
        AnswerSchema = "Operation",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        InItem = take => [take.Id("operation", "The operation", r => r.Id, (r, id) => r.Id = id)],
        Body = take =>
        [
            take.Amount(
                "amount",
                "How much; all that remains if left out. Not with legs",
                r => r.Amount,
                (r, amount) => r.Amount = amount,
                isRequired: false),
            take.Currency(
                "currency",
                "Either of the operation's currencies; the payer's if left out",
                r => r.Currency,
                (r, currency) => r.Currency = currency),
            take.Objects<ReversalLeg>(
                "legs",
                "Some of the operation's legs, each once. Not with amount or currency",
                PostLegs.MaxLegs,
                leg =>
                [
                    leg.WholeNumber("leg", LegPlace.Description, LegPlace, r => r.Leg, (r, place) => r.Leg = place, isRequired: true),
                    leg.Amount("amount", Describe.Amount, r => r.Amount, (r, amount) => r.Amount = amount),
                    leg.Currency(
                        "currency", "Either of the leg's; the payer's if left out", r => r.Currency,
                        (r, currency) => r.Currency = currency),
                ],
                r => r.Legs,
                (r, legs) => r.Legs = legs,
                isRequired: false),
            take.Choice(
                "difference",
                "Who bears what the rate moved since. house: both sides at the original's rate (if left out); sender: gets today's worth of what "
                + "the receiver returns; receiver: pays today's worth of what the sender gets back",
                DifferenceWords,
                r => r.Difference,
                (r, difference) => r.Difference = difference),
            take.Choice(
                "onInsufficient",
                "Where the receiver has less: reject (if left out), or partial: as much as is available",
                InsufficientWords,
                r => r.OnInsufficient,
                (r, choice) => r.OnInsufficient = choice),
            take.Text<Description>(
                "reason", "Why. Not for personal data: it cannot be erased", r => r.Reason, (r, text) => r.Reason = text),
            .. Remarks(take),
        ],
    };

    /// <summary>The operation.</summary>
    public LedgerId Id { get; set; }

    /// <summary>How much: exact; all that remains if left out. Not with <see cref="Legs"/>.</summary>
    public LedgerAmount Amount { get; set; }

    /// <summary>Either of the operation's; the payer's if left out.</summary>
    public LedgerCurrency Currency { get; set; }

    /// <summary>Some of the operation's legs, 1 to 1,000; null for all that remains.</summary>
    public IReadOnlyList<ReversalLeg>? Legs { get; set; }

    /// <summary>Who bears what the rate moved since; the house if left out.</summary>
    public Difference? Difference { get; set; }

    /// <summary>What to do where the receiver has less; rejected if left out.</summary>
    public OnInsufficient? OnInsufficient { get; set; }

    /// <summary>Why. Not for personal data: it cannot be erased.</summary>
    public LedgerText<Description> Reason { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    /// <inheritdoc/>
    public override void CheckWhole(Problems problems)
    {
        if (Legs is not null && (Amount.IsGiven || Currency.IsGiven))
            HoldInputs.Exclude(problems, "legs", "amount or currency");
        else if (Currency.IsGiven && !Amount.IsGiven && !problems.Any)
            HoldInputs.Require(problems, "amount", "a currency says of which side it is");
    }

    internal override MoneyCommand ToCommand() => new ReverseOperation(Id.Number)
    {
        Amount = Amount.OrNull,
        Currency = Currency.OrNull,
        Legs = Legs is { } legs ? [.. legs.Select(leg => new ReverseLeg(ToPlace(leg.Leg), leg.Amount.Amount, leg.Currency.OrNull))] : null,
        Difference = Difference ?? Ledger.Reversals.Difference.House,
        IsPartial = OnInsufficient == Calls.OnInsufficient.Partial,
        Reason = Reason.OrNull,
        Description = Description.OrNull,
        Metadata = Metadata.OrNull,
    };

    // No operation has so many legs: what is beyond is unknown like any other that it has not.
    static int ToPlace(long? leg) => (int)Math.Clamp(leg ?? -1, -1, int.MaxValue);
}
