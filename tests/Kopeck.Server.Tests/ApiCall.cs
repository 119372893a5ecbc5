using System.Text.Json;
using Kopeck.Server.OpenApi;

namespace Kopeck.Server.Tests;

/// <summary>A call as the OpenAPI document tells it, so that tests over all calls grow with it.</summary>
sealed record ApiCall(string Method, string Path, JsonElement Json)
{
    public static IReadOnlyList<ApiCall> All { get; } = Read();

    public string Scope => Json.GetProperty("x-scope").GetString()!;

    public bool IsMutation => Method is not "GET";

    public bool HasPlaces => Path.Contains('{', StringComparison.Ordinal);

    /// <summary>A body that passes every check of its form, with the seed's ids.</summary>
    public string? ValidBody => (Method, Path) switch
    {
        ("POST", "/v1/customers") => """{"name": "N", "country": "DE", "city": "Bonn", "currency": "EUR"}""",
        ("PATCH", "/v1/customers/{id}") => """{"city": "Paris"}""",
        ("POST", "/v1/customers/{id}/wallets") => """{"currency": "EUR"}""",
        ("POST", "/v1/accounts") => """{"code": "promo", "currency": "EUR"}""",
        ("POST", "/v1/accounts/{id}/freeze") => """{"what": "debits"}""",
        ("PUT", "/v1/accounts/{id}/floor") => """{"floor": "-5"}""",
        ("POST", "/v1/deposits" or "/v1/withdrawals") => """{"wallet": "$wallet", "amount": "1"}""",
        ("POST", "/v1/transfers") => """{"from": "$wallet", "to": "$second", "amount": "1"}""",
        ("POST", "/v1/postings") => """{"legs": [{"from": "$wallet", "to": "$second", "amount": "1"}]}""",
        ("POST", "/v1/holds") => """{"from": "$wallet", "amount": "1"}""",
        ("POST", "/v1/holds/{id}/increase") => """{"by": "1"}""",
        ("POST", "/v1/holds/{id}/extend") => """{"expiresInSeconds": 2000000}""",
        ("POST", "/v1/holds/{id}/capture") => """{"amount": "1", "to": "$second"}""",
        ("POST", "/v1/holds/{id}/release") => """{"amount": "1"}""",
        ("POST", "/v1/operations/{id}/reverse") => """{"amount": "1"}""",
        ("POST", "/v1/batches") => """{"operations": [{"kind": "deposit", "wallet": "$wallet", "amount": "1"}, {"kind": "transfer", "from": "$wallet", "to": "$second", "amount": "1"}]}""",
        ("PUT", "/v1/quotes/{date}") => """{"CHF": "1.05"}""",
        ("POST", "/v1/quotes/import") => $$$"""{"amount": 1.0, "base": "EUR", "date": "{{{ServerFixture.Today}}}", "rates": {"SEK": 11.2}}""",
        ("POST", "/v1/keys") => """{"name": "fresh", "scopes": ["read"]}""",
        ("PATCH", "/v1/keys/{name}") => """{"rateLimit": 1000}""",
        ("PATCH", "/v1/book") => """{"quoteMaxAgeDays": 3650, "timeZone": "Europe/Berlin"}""",
        ("POST", "/v1/books") => """{"name": "third"}""",
        _ => Method == "POST" || Method == "DELETE" ? "{}" : null,
    };

    /// <summary>The path with the seed's ids in its places.</summary>
    public string Fill(Seed seed) => Path
        .Replace("customers/{id}", "customers/" + seed["customer"], StringComparison.Ordinal)
        .Replace("wallets/{id}", "wallets/" + seed["wallet"], StringComparison.Ordinal)
        .Replace(
            "accounts/{id}", "accounts/" + (Path.EndsWith("close", StringComparison.Ordinal) ? seed["second"] : seed["wallet"]),
            StringComparison.Ordinal)
        .Replace("holds/{id}", "holds/" + seed["hold"], StringComparison.Ordinal)
        .Replace("operations/{id}", "operations/" + seed["operation"], StringComparison.Ordinal)
        .Replace("{date}", ServerFixture.Today, StringComparison.Ordinal)
        .Replace("{currency}", "USD", StringComparison.Ordinal)
        .Replace("{name}", "spare", StringComparison.Ordinal)
            + (Path switch { "/v1/cities" => "?country=DE", "/v1/reports/operations" => "?name=ada", _ => "" });

    public override string ToString() => $"{Method} {Path}";

    static List<ApiCall> Read() =>
    [
        .. JsonDocument.Parse(OpenApiDocument.Write()).RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(
                path => path.Value.EnumerateObject().Select(
                    method => new ApiCall(method.Name.ToUpperInvariant(), PathOf(path.Name, method.Name), method.Value))),
    ];

    // OpenAPI has one template for paths that differ in their places' names only.
    static string PathOf(string path, string method) =>
        path.Replace("{dateOrCurrency}", method == "put" ? "{date}" : "{currency}", StringComparison.Ordinal);
}
