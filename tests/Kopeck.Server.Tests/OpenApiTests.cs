using System.Runtime.CompilerServices;
using System.Text.Json;
using Kopeck.Server.OpenApi;

namespace Kopeck.Server.Tests;

/// <summary>The document tells the whole truth, and the committed one is the current one.</summary>
public sealed class OpenApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    /// <summary>The calls of the design, with the scope each needs.</summary>
    public static TheoryData<string, string, string> Design { get; } = new()
    {
        { "POST", "/v1/customers", "transfer" },
        { "GET", "/v1/customers/{id}", "read" },
        { "GET", "/v1/customers", "read" },
        { "GET", "/v1/customers/{id}/wallets", "read" },
        { "PATCH", "/v1/customers/{id}", "transfer" },
        { "DELETE", "/v1/customers/{id}/personal-data", "admin" },
        { "POST", "/v1/customers/{id}/wallets", "transfer" },
        { "GET", "/v1/wallets/{id}", "read" },
        { "GET", "/v1/accounts/{id}", "read" },
        { "GET", "/v1/accounts", "read" },
        { "POST", "/v1/accounts", "admin" },
        { "POST", "/v1/accounts/{id}/freeze", "admin" },
        { "POST", "/v1/accounts/{id}/unfreeze", "admin" },
        { "POST", "/v1/accounts/{id}/close", "admin" },
        { "PUT", "/v1/accounts/{id}/floor", "admin" },
        { "POST", "/v1/deposits", "cash" },
        { "POST", "/v1/withdrawals", "cash" },
        { "POST", "/v1/transfers", "transfer" },
        { "POST", "/v1/postings", "admin" },
        { "POST", "/v1/holds", "transfer" },
        { "GET", "/v1/holds", "read" },
        { "GET", "/v1/holds/{id}", "read" },
        { "POST", "/v1/holds/{id}/increase", "transfer" },
        { "POST", "/v1/holds/{id}/extend", "transfer" },
        { "POST", "/v1/holds/{id}/capture", "transfer" },
        { "POST", "/v1/holds/{id}/release", "transfer" },
        { "POST", "/v1/operations/{id}/reverse", "the original's" },
        { "POST", "/v1/batches", "each item's" },
        { "GET", "/v1/operations/{id}", "read" },
        { "GET", "/v1/operations", "read" },
        { "GET", "/v1/journal", "read" },
        { "PUT", "/v1/quotes/{date}", "quotes" },
        { "POST", "/v1/quotes/import", "quotes" },
        { "GET", "/v1/quotes", "read" },
        { "GET", "/v1/quotes/{currency}", "read" },
        { "GET", "/v1/currencies", "read" },
        { "GET", "/v1/countries", "read" },
        { "GET", "/v1/cities", "read" },
        { "GET", "/v1/keys", "admin" },
        { "POST", "/v1/keys", "admin" },
        { "DELETE", "/v1/keys/{name}", "admin" },
        { "GET", "/v1/books", "operator" },
        { "POST", "/v1/books", "operator" },
    };

    static readonly string[] OfOneKind =
    [
        "customer", "account", "accountKind", "currency", "what", "floor", "date", "source", "quotes", "baseCurrency", "quoteMaxAgeDays",
        "timeZone", "clockStandsAt",
    ];

    [Fact]
    public void The_committed_document_is_the_current_one() =>
        Assert.True(File.ReadAllText(CommittedPath()) == OpenApiDocument.Write(), "Refresh it: kopeck openapi > docs/openapi.json");

    [Theory]
    [MemberData(nameof(Design))]
    public void Every_call_of_the_design_is_there_with_its_scope(string method, string path, string scope)
    {
        var call = ApiCall.All.Single(other => other.Method == method && other.Path == path);
        Assert.Equal(scope, call.Scope);
    }

    [Fact]
    public async Task The_served_document_is_the_written_one_and_needs_no_key()
    {
        var reply = (await server.SendAsync("GET", "/openapi/v1.json", null, null)).MustBe(200);
        Assert.Equal(OpenApiDocument.Write(), reply.Text);
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_schema_is_used()
    {
        using var document = JsonDocument.Parse(OpenApiDocument.Write());
        var references = new HashSet<string>(StringComparer.Ordinal);
        Collect(document.RootElement, references);
        foreach (var reference in references)
        {
            var target = document.RootElement;
            foreach (var part in reference[2..].Split('/'))
                Assert.True(target.TryGetProperty(part, out target), reference);
        }

        foreach (var schema in document.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject())
            Assert.Contains("#/components/schemas/" + schema.Name, references);
    }

    [Fact]
    public void Operation_ids_are_unique_and_every_call_says_what_it_does()
    {
        Assert.Equal(
            ApiCall.All.Count,
            ApiCall.All.Select(call => call.Json.GetProperty("operationId").GetString()).Distinct(StringComparer.Ordinal).Count());
        Assert.All(ApiCall.All, call => Assert.NotEmpty(call.Json.GetProperty("summary").GetString()!));
    }

    [Fact]
    public async Task Answers_have_the_members_of_their_schemas_and_no_others()
    {
        var seed = server.Main;
        await CheckAsync($"/v1/accounts/{seed["wallet"]}", "Account");
        await CheckAsync($"/v1/customers/{seed["customer"]}", "Customer");
        await CheckAsync($"/v1/customers/{seed["erased"]}", "Customer");
        await CheckAsync(
            $"/v1/operations/{seed["operation"]}", "Operation", ["exchange", "holds", "hold", "legs", "leaves", "reverses", .. OfOneKind]);
        await CheckAsync(
            $"/v1/operations/{seed["hold"]}",
            "Operation",
            ["exchange", "legs", "leaves", "reverses", "reversedBy", "reversed", "reversible", .. OfOneKind]);
        await CheckAsync($"/v1/holds/{seed["hold"]}", "Hold");
        await CheckAsync("/v1/holds", "HoldList");
        await CheckAsync("/v1/quotes", "QuotesInForce");
        await CheckAsync("/v1/keys", "KeyList");
        await CheckAsync("/v1/operations", "OperationList");
        await CheckAsync("/v1/accounts", "AccountList");
        await CheckAsync("/v1/currencies", "CurrencyList");
        await CheckAsync("/v1/countries?q=ger", "CountryList");
        await CheckAsync("/v1/cities?country=DE&q=mun", "CityList");
    }

    async Task CheckAsync(string path, string schema, params string[] absent)
    {
        using var document = JsonDocument.Parse(OpenApiDocument.Write());
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        var json = (await server.GetAsync(path)).MustBe(200).Json;
        AssertMembers(schemas.GetProperty(schema), json, absent);
        if (!schema.EndsWith("List", StringComparison.Ordinal) || schema == "OperationList")
            return;
        // A list of holds tells no captures.
        var item = schemas.GetProperty(schema == "HoldList" ? "ListedHold" : schema[..^4]);
        Assert.NotEqual(0, json.GetProperty("items").GetArrayLength());
        foreach (var given in json.GetProperty("items").EnumerateArray())
            AssertMembers(item, given);
    }

    /// <summary>All that is required and, of the others, those that are not said to be absent.</summary>
    static void AssertMembers(JsonElement schema, JsonElement json, params string[] absent)
    {
        var required = schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!).ToList();
        var others = Names(schema.GetProperty("properties"))
            .Except(required, StringComparer.Ordinal).Except(absent, StringComparer.Ordinal);
        Assert.Equal(required.Concat(others).Order(StringComparer.Ordinal), Names(json).Order(StringComparer.Ordinal));
    }

    static List<string> Names(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];

    static void Collect(JsonElement json, HashSet<string> references)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject())
            {
                if (property.Name == "$ref")
                    references.Add(property.Value.GetString()!);
                else
                    Collect(property.Value, references);
            }
        }
        else if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
                Collect(item, references);
        }
    }

    static string CommittedPath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "openapi.json");
}
