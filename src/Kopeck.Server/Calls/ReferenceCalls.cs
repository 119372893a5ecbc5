using System.Text.Json;
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

    static Answer Currencies() => List(Ledger.Reference.Currencies.All.Where(currency => currency.MinorUnits is not null), (json, currency) =>
    {
        json.WriteString("code", currency.Code);
        json.WriteString("numericCode", currency.NumericCode);
        json.WriteNumber("minorUnits", currency.MinorUnits!.Value);
        json.WriteString("name", currency.Name);
        json.WriteString("symbol", currency.Symbol);
    });

    static Answer SearchCountries(CallContext context)
    {
        var found = context.Query.Text("q") is { } prefix ? Countries.Search(prefix, context.Query.Limit) : Countries.All;
        return List(found, (json, country) =>
        {
            json.WriteString("code", country.Alpha2);
            json.WriteString("alpha3", country.Alpha3);
            json.WriteString("numericCode", country.NumericCode);
            json.WriteString("name", country.Name);
            json.WriteStartArray("currencies");
            foreach (var currency in country.Currencies)
                json.WriteStringValue(currency);
            json.WriteEndArray();
        });
    }

    static Answer SearchCities(CallContext context) =>
        Countries.TryFind(context.Query.Text("country")!, out var country)
            ? List(Cities.Search(country.Alpha2, context.Query.Text("q") ?? "", context.Query.Limit), (json, city) =>
            {
                json.WriteString("name", city.Name);
                json.WriteString("country", city.Country);
                json.WriteNumber("population", city.Population);
            })
            : CallContext.InvalidQuery("country", "unknown_country", "The country is an ISO 3166-1 alpha-2 code");

    static Answer List<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => Answer.Json(200, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("next");
        json.WriteEndObject();
    });
}
