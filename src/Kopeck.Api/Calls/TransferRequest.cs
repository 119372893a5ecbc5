using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to move money between two wallets, converted where their currencies differ.</summary>
public sealed record TransferRequest : MoneyRequest
{
    static readonly Call Definition = new Call<TransferRequest, OperationAnswer>(
        "POST", "/v1/transfers", "Money moves between wallets, converted where the currencies differ", RunAsync)
    {
        Scope = Scopes.Transfer,
        BodyKind = BodyKind.Json,
        BodyName = "Transfer",
        IsItem = true,
        NeedsKey = true,
        Success = 201,
        AnswerSchema = "Operation",
        Body = take =>
        [
            take.Id("from", "The wallet that pays", r => r.From, (r, id) => r.From = id),
            take.Id("to", "The wallet that receives", r => r.To, (r, id) => r.To = id),
            take.Amount("amount", Describe.Amount, r => r.Amount, (r, amount) => r.Amount = amount),
            take.Currency(
                "currency",
                "The sender's or the receiver's currency: that side is exact. The sender's if left out",
                r => r.Currency,
                (r, currency) => r.Currency = currency),
            .. Remarks(take),
        ],
    };

    /// <summary>The wallet that pays.</summary>
    public LedgerId From { get; set; }

    /// <summary>The wallet that receives.</summary>
    public LedgerId To { get; set; }

    /// <summary>How much: exact, such as <c>100.00m</c> or <c>"100.00"</c>.</summary>
    public LedgerAmount Amount { get; set; }

    /// <summary>The sender's or the receiver's: that side is exact. The sender's if left out.</summary>
    public LedgerCurrency Currency { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    internal override MoneyCommand ToCommand() =>
        new TransferMoney(
            From.Number, To.Number, Amount.Amount, Currency.OrNull)
        { Description = Description.OrNull, Metadata = Metadata.OrNull };
}
