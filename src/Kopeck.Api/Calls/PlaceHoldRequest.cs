using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to reserve an amount of a wallet or an internal account until it is captured, released or expires.</summary>
public sealed record PlaceHoldRequest : MoneyRequest
{
    static readonly Call Definition = new Call<PlaceHoldRequest, OperationAnswer>(
        "POST", "/v1/holds", "Reserves an amount until it is captured, released or expires", RunAsync)
    {
        Scope = Scopes.Transfer,
        BodyKind = BodyKind.Json,
        BodyName = "NewHold",
        IsItem = true,
        ItemWord = "hold",
        NeedsKey = true,
        Success = 201,
        AnswerSchema = "Operation",
        Body = take =>
        [
            take.Id("from", "The wallet or the internal account whose money is reserved", r => r.From, (r, id) => r.From = id),
            take.Amount("amount", Describe.Amount, r => r.Amount, (r, amount) => r.Amount = amount),
            take.Currency(
                "currency",
                "The account's currency, or that of the receiver in 'to': then the reservation is worked out, rounded up",
                r => r.Currency,
                (r, currency) => r.Currency = currency),
            take.Receiver(
                "to",
                "The one receiver that captures may pay: an account's id, or cash (scope cash). Captures say if left out",
                r => r.To,
                (r, to) => r.To = to),
            take.Amount("maxAmount", HoldInputs.MaxAmount, r => r.MaxAmount, (r, amount) => r.MaxAmount = amount, isRequired: false),
            .. HoldInputs.Life(
                take, r => r.ExpiresAt, (r, end) => r.ExpiresAt = end, r => r.ExpiresInSeconds, (r, number) => r.ExpiresInSeconds = number),
            .. Remarks(take),
        ],
    };

    /// <summary>The wallet or internal account whose money is reserved.</summary>
    public LedgerId From { get; set; }

    /// <summary>How much: exact, such as <c>100.00m</c> or <c>"100.00"</c>.</summary>
    public LedgerAmount Amount { get; set; }

    /// <summary>The account's, which it is if left out, or that of <see cref="To"/>: then the reserve is worked out, rounded up.</summary>
    public LedgerCurrency Currency { get; set; }

    /// <summary>The one receiver that captures may pay; if left out, captures say.</summary>
    public LedgerReceiver To { get; set; }

    /// <summary>How far captures may go, in the amount's currency; no further than the amount if left out.</summary>
    public LedgerAmount MaxAmount { get; set; }

    /// <summary>When it ends: 1 second to 366 days from now; <see cref="LedgerEnd.Never"/> is for administrators.</summary>
    public LedgerEnd ExpiresAt { get; set; }

    /// <summary>How many seconds it lives, 1 to 31,622,400; a week where neither this nor <see cref="ExpiresAt"/> is given.</summary>
    public long? ExpiresInSeconds { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    /// <inheritdoc/>
    public override void CheckWhole(Problems problems)
    {
        if (ExpiresAt.IsGiven && ExpiresInSeconds is not null)
            HoldInputs.Exclude(problems, "expiresInSeconds", HoldInputs.ExpiresAt);
    }

    internal override MoneyCommand ToCommand() => new PlaceHold(From.Number, Amount.Amount, Currency.OrNull)
    {
        To = To.OrNull,
        ToCash = To.IsCash,
        MaxAmount = MaxAmount.OrNull,
        Life = HoldInputs.ToLife(ExpiresAt, ExpiresInSeconds),
        Description = Description.OrNull,
        Metadata = Metadata.OrNull,
    };
}
