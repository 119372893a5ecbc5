using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Reference;

namespace Kopeck.Api.Calls;

/// <summary>Asks for a country's cities of 15,000 people and more, the largest first.</summary>
public sealed record ListCitiesRequest : CallRequest<ListAnswer<CityAnswer>>
{
    static readonly Call Definition = new Call<ListCitiesRequest, ListAnswer<CityAnswer>>(
        "GET", "/v1/cities", "A country's cities of 15,000 people and more, the largest first (GeoNames, CC BY 4.0)", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "CityList",
        Query = take =>
        [
            take.QueryText<CountryCode>("country", "The country", r => r.Country, (r, country) => r.Country = country, isRequired: true),
            take.QuerySearch("q", "What the name starts with; case and accents are ignored", r => r.Q, (r, q) => r.Q = q),
            take.QueryLimit(r => r.Limit, (r, limit) => r.Limit = limit),
        ],
    };

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public LedgerText<CountryCode> Country { get; set; }

    /// <summary>What the name starts with; case and accents are ignored.</summary>
    public string? Q { get; set; }

    /// <summary>How many, 1 to 1,000; 50 if left out.</summary>
    public long? Limit { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static ValueTask<Result<ListAnswer<CityAnswer>>> RunAsync(CallContext context, ListCitiesRequest request)
    {
        if (!Countries.TryFind(request.Country.Value.Value, out var country))
            return new(Refusals.InvalidQuery("country", new FieldError("unknown_country", "The country is an ISO 3166-1 alpha-2 code")));
        var found = Cities.Search(country.Alpha2, request.Q ?? "", (int)(request.Limit ?? IListRequest.DefaultLimit));
        return new(new ListAnswer<CityAnswer>([.. found.Select(city => new CityAnswer(city))]));
    }
}
