using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to move money in several legs, all or none; floors are judged on the whole.</summary>
public sealed record PostingRequest : MoneyRequest
{
    static readonly Call Definition = new Call<PostingRequest, OperationAnswer>(
        "POST", "/v1/postings", "Money moves in several legs, all or none", RunAsync)
    {
        Scope = Scopes.Admin,
        BodyKind = BodyKind.Json,
        BodyName = "Posting",
        IsItem = true,
        NeedsKey = true,
        Success = 201,
        AnswerSchema = "Operation",
        Body = take =>
        [
            take.Objects<PostingLeg>(
                "legs",
                "Movements that happen together; floors are judged on the whole",
                PostLegs.MaxLegs,
                leg =>
                [
                    leg.Id("from", "The account that pays", r => r.From, (r, id) => r.From = id),
                    leg.Id("to", "The account that receives, in the same currency", r => r.To, (r, id) => r.To = id),
                    leg.Amount("amount", Describe.Amount, r => r.Amount, (r, amount) => r.Amount = amount),
                ],
                r => r.Legs,
                (r, legs) => r.Legs = legs),
            .. Remarks(take),
        ],
    };

    /// <summary>1 to 1,000.</summary>
    public IReadOnlyList<PostingLeg> Legs { get; set; } = [];

    /// <inheritdoc/>
    public override Call Call => Definition;

    internal override MoneyCommand ToCommand() =>
        new PostLegs([.. Legs.Select(leg => new Leg(
            leg.From.Number, leg.To.Number, leg.Amount.Amount))])
        { Description = Description.OrNull, Metadata = Metadata.OrNull };
}
