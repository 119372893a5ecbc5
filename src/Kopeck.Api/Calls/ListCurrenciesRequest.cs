using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Reference;

namespace Kopeck.Api.Calls;

/// <summary>Asks for the currencies of ISO 4217 that can hold money.</summary>
public sealed record ListCurrenciesRequest : CallRequest<ListAnswer<CurrencyAnswer>>
{
    static readonly CurrencyAnswer[] Known =
        [.. Currencies.All.Where(currency => currency.MinorUnits is not null).Select(currency => new CurrencyAnswer(currency))];

    static readonly Call Definition = new Call<ListCurrenciesRequest, ListAnswer<CurrencyAnswer>>(
        "GET", "/v1/currencies", "The currencies of ISO 4217 that can hold money", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "CurrencyList",
    };

    /// <inheritdoc/>
    public override Call Call => Definition;

    static ValueTask<Result<ListAnswer<CurrencyAnswer>>> RunAsync(CallContext context, ListCurrenciesRequest request) =>
        new(new ListAnswer<CurrencyAnswer>(Known));
}
