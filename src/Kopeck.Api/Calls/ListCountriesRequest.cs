using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Reference;

namespace Kopeck.Api.Calls;

/// <summary>Asks for countries of ISO 3166-1 by what their name or code starts with.</summary>
public sealed record ListCountriesRequest : CallRequest<ListAnswer<CountryAnswer>>
{
    static readonly Call Definition = new Call<ListCountriesRequest, ListAnswer<CountryAnswer>>(
        "GET", "/v1/countries", "Countries of ISO 3166-1 by what their name or code starts with", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "CountryList",
        Query = take =>
        [
            take.QuerySearch("q", "English or Russian; case and accents are ignored", r => r.Q, (r, q) => r.Q = q),
            take.QueryLimit(r => r.Limit, (r, limit) => r.Limit = limit),
        ],
    };

    /// <summary>English or Russian; case and accents are ignored. All countries if left out.</summary>
    public string? Q { get; set; }

    /// <summary>How many, 1 to 1,000; 50 if left out.</summary>
    public long? Limit { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static ValueTask<Result<ListAnswer<CountryAnswer>>> RunAsync(CallContext context, ListCountriesRequest request)
    {
        var found = request.Q is { } prefix ? Countries.Search(prefix, (int)(request.Limit ?? IListRequest.DefaultLimit)) : Countries.All;
        return new(new ListAnswer<CountryAnswer>([.. found.Select(country => new CountryAnswer(country))]));
    }
}
