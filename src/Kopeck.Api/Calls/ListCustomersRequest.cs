using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a list of customers.</summary>
public sealed record ListCustomersRequest : ListRequest<CustomerAnswer>
{
    static readonly Call Definition = new Call<ListCustomersRequest, ListAnswer<CustomerAnswer>>(
        "GET", "/v1/customers", "Lists customers", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "CustomerList",
        Query = take =>
        [
            take.QuerySearch("name", "What the name starts with; case and accents are ignored", r => r.Name, (r, name) => r.Name = name),
            take.QueryText<CustomerCode>("code", "Your own id of the customer", r => r.Code, (r, code) => r.Code = code),
            take.QueryText<CountryCode>("country", "Where the customer lives", r => r.Country, (r, country) => r.Country = country),
            .. take.Page(),
        ],
    };

    /// <summary>What the name starts with; case and accents are ignored.</summary>
    public string? Name { get; set; }

    /// <summary>Your own id of the customer.</summary>
    public LedgerText<CustomerCode> Code { get; set; }

    /// <summary>Where the customer lives.</summary>
    public LedgerText<CountryCode> Country { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static ValueTask<Result<ListAnswer<CustomerAnswer>>> RunAsync(CallContext context, ListCustomersRequest request)
    {
        var filter = new CustomerFilter(request.Name, request.Code.OrNull, request.Country.OrNull);
        return context.ListAsync(
            request,
            "",
            page => context.Reader.ListCustomersAsync(context.Book, filter, page, context.Cancelled),
            (customer, number) => CustomerAnswer.Of(customer, number));
    }
}
