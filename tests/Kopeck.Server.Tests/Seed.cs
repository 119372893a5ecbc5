using System.Globalization;

namespace Kopeck.Server.Tests;

/// <summary>
/// What a test's book holds: the same in every book, so that a foreign id is never refused merely for pointing at nothing.
/// </summary>
sealed record Seed(string Key, IReadOnlyDictionary<string, string> Ids)
{
    public string this[string name] => Ids[name];

    /// <summary>Replaces <c>$wallet</c> and the like by ids.</summary>
    public string Fill(string text)
    {
        foreach (var (name, id) in Ids)
            text = text.Replace("$" + name, id, StringComparison.Ordinal);
        return text;
    }

    static bool IsMade(string path) => path is "/v1/customers" or "/v1/accounts" or "/v1/deposits" or "/v1/holds"
        || path.EndsWith("/wallets", StringComparison.Ordinal)
            || path.EndsWith("/release", StringComparison.Ordinal)
            || path.EndsWith("/reverse", StringComparison.Ordinal);

    /// <param name="shift">Customers that come first, so that ids of two books differ.</param>
    public static async Task<Seed> PlantAsync(ServerFixture server, string key, int shift)
    {
        async Task<Reply> Post(string path, string body) =>
            (await server.SendAsync("POST", path, body, key)).MustBe(IsMade(path) ? 201 : 200);
        for (var index = 0; index < shift; index++)
            await Post("/v1/customers", """{"name": "Filler", "country": "DE", "city": "Bonn"}""");
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var ada = await Post("/v1/customers", """{"name": "Ada Lovelace", "country": "GB", "city": "London", "code": "ada", "currency": "EUR", "metadata": {"tier": 1.50}}""");
        ids["customer"] = ada["id"];
        ids["wallet"] = ada.Json.GetProperty("wallets")[0].GetProperty("id").GetString()!;
        async Task Wallet(string name, string body) => ids[name] = (await Post($"/v1/customers/{ids["customer"]}/wallets", body))["id"];
        await Wallet("dollar", """{"currency": "USD", "code": "ada-usd"}""");
        await Wallet("yen", """{"currency": "JPY"}""");
        await Wallet("pound", """{"currency": "GBP"}""");
        await Wallet("second", """{"currency": "EUR"}""");
        await Wallet("frozen", """{"currency": "EUR"}""");
        await Wallet("closed", """{"currency": "EUR"}""");
        ids["fees"] = (await Post("/v1/accounts", """{"code": "fees", "currency": "EUR", "floor": null}"""))["id"];
        ids["erased"] = (await Post("/v1/customers", """{"name": "Gone", "country": "DE", "city": "Bonn"}"""))["id"];
        (await server.SendAsync("DELETE", $"/v1/customers/{ids["erased"]}/personal-data", null, key)).MustBe(200);
        await Post($"/v1/accounts/{ids["frozen"]}/freeze", """{"what": "all"}""");
        await Post($"/v1/accounts/{ids["closed"]}/close", "{}");
        var deposit = await Post("/v1/deposits", $$"""{"wallet": "{{ids["wallet"]}}", "amount": "100.00"}""");
        ids["operation"] = deposit["id"];
        ids["cash"] = deposit.Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("account").GetString()!)
            .Single(account => account != ids["wallet"]);
        async Task Hold(string name, string body) => ids[name] = (await Post("/v1/holds", body))["id"];
        await Hold("hold", $$"""{"from": "{{ids["wallet"]}}", "amount": "10.00", "maxAmount": "12.00"}""");
        await Hold("lasting", $$"""{"from": "{{ids["wallet"]}}", "amount": "1.00", "expiresAt": null}""");
        await Hold("fixed", $$"""{"from": "{{ids["wallet"]}}", "amount": "1.00", "to": "{{ids["second"]}}"}""");
        await Hold("released", $$"""{"from": "{{ids["wallet"]}}", "amount": "1.00"}""");
        await Post($"/v1/holds/{ids["released"]}/release", "{}");
        ids["undone"] = (await Post("/v1/deposits", $$"""{"wallet": "{{ids["wallet"]}}", "amount": "5.00"}"""))["id"];
        await Post($"/v1/operations/{ids["undone"]}/reverse", "{}");
        (await server.SendAsync("PUT", $"/v1/quotes/{ServerFixture.Today}", """{"USD": "0.9", "JPY": "0.006"}""", key)).MustBe(200);
        (await server.SendAsync("PUT", "/v1/quotes/2020-01-01", """{"GBP": "1.2"}""", key)).MustBe(200);
        (await server.SendAsync("POST", "/v1/keys", """{"name": "spare", "scopes": ["read"]}""", key)).MustBe(201);
        ids["head"] = (await server.HeadAsync(server.BookOf(key))).Number.ToString(CultureInfo.InvariantCulture);
        return new Seed(key, ids);
    }
}
