using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to open a wallet for a customer.</summary>
public sealed record OpenWalletRequest : CallRequest<AccountAnswer>
{
    static readonly Call Definition = new Call<OpenWalletRequest, AccountAnswer>(
        "POST", "/v1/customers/{id}/wallets", "Opens a wallet", RunAsync)
    {
        Scope = Scopes.Transfer,
        BodyKind = BodyKind.Json,
        BodyName = "OpenWallet",
        Success = 201,
        AnswerSchema = "Account",
        In = take => [take.PathId(r => r.Id, (r, id) => r.Id = id)],
        Body = take =>
        [
            take.Currency("currency", "What the wallet holds", r => r.Currency, (r, currency) => r.Currency = currency, isRequired: true),
            take.Text<AccountCode>("code", Describe.Code, r => r.Code, (r, code) => r.Code = code),
        ],
    };

    /// <summary>The customer.</summary>
    public LedgerId Id { get; set; }

    /// <summary>What it holds.</summary>
    public LedgerCurrency Currency { get; set; }

    /// <summary>Your own name of it, unique in the book.</summary>
    public LedgerText<AccountCode> Code { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static ValueTask<Result<AccountAnswer>> RunAsync(CallContext context, OpenWalletRequest request) =>
        context.SubmitAsync(new OpenWallet(request.Id.Number, request.Currency.Currency, request.Code.OrNull), request, AccountAnswer.Of);
}
