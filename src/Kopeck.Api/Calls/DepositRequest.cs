using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to put money in from outside to a wallet or an internal account.</summary>
public sealed record DepositRequest : MoneyRequest
{
    static readonly Call Definition = new Call<DepositRequest, OperationAnswer>(
        "POST", "/v1/deposits", "Money comes in from outside", RunAsync)
    {
        Scope = Scopes.Cash,
        BodyKind = BodyKind.Json,
        BodyName = "Deposit",
        IsItem = true,
        NeedsKey = true,
        Success = 201,
        AnswerSchema = "Operation",
        Body = take =>
        [
            take.Id("wallet", "A wallet or an internal account", r => r.Wallet, (r, id) => r.Wallet = id),
            take.Amount("amount", Describe.Amount, r => r.Amount, (r, amount) => r.Amount = amount),
            take.Currency("currency", Describe.SameCurrency, r => r.Currency, (r, currency) => r.Currency = currency),
            .. Remarks(take),
        ],
    };

    /// <summary>The wallet or internal account.</summary>
    public LedgerId Wallet { get; set; }

    /// <summary>How much: exact, such as <c>100.00m</c> or <c>"100.00"</c>.</summary>
    public LedgerAmount Amount { get; set; }

    /// <summary>If given, the account's, as a check.</summary>
    public LedgerCurrency Currency { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    internal override MoneyCommand ToCommand() =>
        new Deposit(Wallet.Number, Amount.Amount, Currency.OrNull) { Description = Description.OrNull, Metadata = Metadata.OrNull };
}
