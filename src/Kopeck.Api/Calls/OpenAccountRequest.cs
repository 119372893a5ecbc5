using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to open an account of the house.</summary>
public sealed record OpenAccountRequest : CallRequest<AccountAnswer>
{
    static readonly Call Definition = new Call<OpenAccountRequest, AccountAnswer>(
        "POST", "/v1/accounts", "Opens an internal account", RunAsync)
    {
        Scope = Scopes.Admin,
        BodyKind = BodyKind.Json,
        BodyName = "OpenAccount",
        Success = 201,
        AnswerSchema = "Account",
        Body = take =>
        [
            take.Text<AccountCode>("code", Describe.Code, r => r.Code, (r, code) => r.Code = code, isRequired: true),
            take.Currency("currency", "What the account holds", r => r.Currency, (r, currency) => r.Currency = currency, isRequired: true),
            take.Floor(r => r.Floor, (r, floor) => r.Floor = floor),
        ],
    };

    /// <summary>Its name, unique in the book.</summary>
    public LedgerText<AccountCode> Code { get; set; }

    /// <summary>What it holds.</summary>
    public LedgerCurrency Currency { get; set; }

    /// <summary>The lowest balance; 0 if left out.</summary>
    public LedgerFloor Floor { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<AccountAnswer>> RunAsync(CallContext context, OpenAccountRequest request)
    {
        var currency = request.Currency.Currency;
        long? floor = request.Floor.IsGiven ? null : 0;
        if (request.Floor.Amount is { } named)
        {
            if (!named.TryToMinor(currency, out var minor, out var error))
                return Rejection.InvalidFields(new FieldProblem("/floor", error));
            floor = minor;
        }

        return await context.SubmitAsync(
            new OpenInternalAccount(request.Code.Value, currency, floor), request, AccountAnswer.Of).ConfigureAwait(false);
    }
}
