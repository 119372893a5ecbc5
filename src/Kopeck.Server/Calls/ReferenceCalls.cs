using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Reference;
using Kopeck.Server.Answers;
using Kopeck.Server.Queries;

namespace Kopeck.Server.Calls;

/// <summary>Reference data: currencies, countries, cities.</summary>
static class ReferenceCalls
{
    static readonly QueryParameter Limit = QueryParameter.Page[0];

    public static IEnumerable<Call> All =>
    [
        new("GET", "/v1/currencies", "The currencies of ISO 4217 that can hold money", context => ValueTask.FromResult(Currencies())) { Scope = Scopes.Read, AnswerSchema = "CurrencyList" },
        new("GET", "/v1/countries", "Countries of ISO 3166-1 by what their name or code starts with", context => ValueTask.FromResult(SearchCountries(context)))
            { Scope = Scopes.Read, Query = [new("q", ParameterKind.Text, "English or Russian; case and accents are ignored"), Limit], AnswerSchema = "CountryList" },
        new("GET", "/v1/cities", "A country's cities of 15,000 people and more, the largest first (GeoNames, CC BY 4.0)", context => ValueTask.FromResult(SearchCities(context)))
        {
            Scope = Scopes.Read,
            Query =
            [
                new("country", ParameterKind.Field, "The country") { Field = FieldTypes.CountryCode, IsRequired = true },
                new("q", ParameterKind.Text, "What the name starts with; case and accents are ignored"),
                Limit,
            ],
            AnswerSchema = "CityList",
        },
    ];

    static Answer Currencies() =>
        CallContext.List(Ledger.Reference.Currencies.All.Where(currency => currency.MinorUnits is not null), currency => new CurrencyContent(currency));

    static Answer SearchCountries(CallContext context)
    {
        var found = context.Query.Text("q") is { } prefix ? Countries.Search(prefix, context.Query.Limit) : Countries.All;
        return CallContext.List(found, country => new CountryContent(country));
    }

    static Answer SearchCities(CallContext context) =>
        Countries.TryFind(context.Query.Text("country")!, out var country)
            ? CallContext.List(Cities.Search(country.Alpha2, context.Query.Text("q") ?? "", context.Query.Limit), city => new CityContent(city))
            : CallContext.InvalidQuery("country", "unknown_country", "The country is an ISO 3166-1 alpha-2 code");
}
