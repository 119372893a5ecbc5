using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to register a customer, with a currency its first wallet too.</summary>
public sealed record RegisterCustomerRequest : CustomerRequest
{
    static readonly Call Definition = new Call<RegisterCustomerRequest, CustomerAnswer>(
        "POST", "/v1/customers", "Registers a customer, with a currency its first wallet too", RunAsync)
    {
        Scope = Scopes.Transfer,
        BodyKind = BodyKind.Json,
        BodyName = "RegisterCustomer",
        Success = 201,
        AnswerSchema = "CustomerWithWallets",
        Body = take =>
        [
            .. Columns(isChange: false),
            take.Text<CountryCode>(
                "country", Tables.Customers.Country.Description, r => r.Country, (r, country) => r.Country = country, isRequired: true),
            take.Currency("currency", "Opens the first wallet in this currency", r => r.Currency, (r, currency) => r.Currency = currency),
        ],
    };

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public LedgerText<CountryCode> Country { get; set; }

    /// <summary>Opens the first wallet in this currency too.</summary>
    public LedgerCurrency Currency { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<CustomerAnswer>> RunAsync(CallContext context, RegisterCustomerRequest request)
    {
        if (!CustomerDetails.TryCreate([.. request.Texts], out var details, out var errors))
            return Rejection.InvalidFields([.. errors.Select(error => new FieldProblem("/" + error.Item1.JsonName, error.Item2))]);
        return await context.SubmitAsync(
            new RegisterCustomer(request.Country.Value, details, request.Currency.OrNull),
            request,
            CustomerAnswer.OfRegistration).ConfigureAwait(false);
    }
}
