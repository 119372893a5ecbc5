using Kopeck.Embedded.Inputs;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Reference;

namespace Kopeck.Embedded;

public sealed partial class KopeckLedger
{
    /// <summary>The currencies of ISO 4217 that can hold money.</summary>
    [LedgerCall("GET", "/v1/currencies")]
    public LedgerResult<IReadOnlyList<IsoCurrency>> ListCurrencies() => Find(_ => (IReadOnlyList<IsoCurrency>)[.. Currencies.All.Where(currency => currency.MinorUnits is not null)]);

    /// <summary>Countries of ISO 3166-1 by what their name or code starts with, in English or Russian.</summary>
    /// <param name="q">Case and accents are ignored; all countries if left out.</param>
    /// <param name="limit">1 to 1,000; 50 if left out.</param>
    [LedgerCall("GET", "/v1/countries")]
    public LedgerResult<IReadOnlyList<Country>> ListCountries(string? q = null, int? limit = null) => Find(reader =>
    {
        var (prefix, most) = (reader.Text("q", q), reader.Limit(limit));
        return reader.Refusal is not null || prefix is null ? Countries.All : Countries.Search(prefix, most);
    });

    /// <summary>A country's cities of 15,000 people and more, the largest first.</summary>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="q">What the name starts with; case and accents are ignored.</param>
    /// <param name="limit">1 to 1,000; 50 if left out.</param>
    [LedgerCall("GET", "/v1/cities")]
    public LedgerResult<IReadOnlyList<City>> ListCities(string? country, string? q = null, int? limit = null) => Find(reader =>
    {
        if (country is null)
            reader.Add("country", new FieldError("required", "The country"));
        var (code, prefix, most) = (reader.Field<CountryCode>("country", country), reader.Text("q", q), reader.Limit(limit));
        if (reader.Refusal is not null)
            return [];
        if (Countries.TryFind(code!.Value.Value, out var found))
            return Cities.Search(found.Alpha2, prefix ?? "", most);
        reader.Add("country", new FieldError("unknown_country", "The country is an ISO 3166-1 alpha-2 code"));
        return [];
    });

    LedgerResult<IReadOnlyList<T>> Find<T>(Func<QueryReader, IReadOnlyList<T>> find)
    {
        if (Forbid(Scopes.Read) is { } forbidden)
            return new LedgerResult<IReadOnlyList<T>>(forbidden);
        var reader = new QueryReader();
        var found = find(reader);
        return reader.Refusal is { } refusal ? new LedgerResult<IReadOnlyList<T>>(refusal) : new LedgerResult<IReadOnlyList<T>>(found);
    }
}
