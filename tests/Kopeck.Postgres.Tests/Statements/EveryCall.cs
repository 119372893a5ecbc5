using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Kopeck.Testing;

namespace Kopeck.Postgres.Tests.Statements;

/// <summary>A story of a book in which every call of the API is made, every list with each of its filters, on a real server.</summary>
sealed class EveryCall : IDisposable
{
    readonly HttpClient client;
    readonly HashSet<string> made = new(StringComparer.Ordinal);
    readonly string operatorKey;
    readonly string today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    int keys;

    public EveryCall(Server server, string operatorKey)
    {
        client = new HttpClient { BaseAddress = server.Http };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        this.operatorKey = operatorKey;
    }

    /// <summary>The wallet that has a history of all kinds, and its owner.</summary>
    public string Wallet { get; private set; } = "";

    public string Owner { get; private set; } = "";

    public void Dispose() => client.Dispose();

    /// <summary>The calls of the server's own document that were not made.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync()
    {
        var document = JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        var all =
            from path in document["paths"]!.AsObject()
            from method in path.Value!.AsObject()
            where method.Key is "get" or "put" or "post" or "patch" or "delete"
            select $"{method.Key.ToUpperInvariant()} {path.Key}";
        return [.. all.Where(call => !made.Contains(call))];
    }

    public async Task TellAsync()
    {
        await BeginAsync();
        await MoveAsync();
        await HoldAsync();
        await ReadAsync();
        await ReportAsync();
        await ManageAsync();
        await EndAsync();
    }

    async Task BeginAsync()
    {
        await PutAsync("/v1/quotes/{dateOrCurrency}", today, """{"USD":"0.92","JPY":"0.0061"}""");
        var feed = $$"""{"amount": 1.0, "base": "EUR", "date": "{{today}}", "rates": {"SEK": 11.5, "GBP": 0.83} }""";
        await CallAsync("POST", "/v1/quotes/import", null, "", feed);
        var customer = await PostAsync(
            "/v1/customers", null, """{"name":"Ada Lovelace","country":"GB","city":"London","code":"ada","currency":"EUR","metadata":{"tier":2}}""");
        (Owner, Wallet) = (Id(customer), Id(customer["wallets"]![0]!));
        await CallAsync("PATCH", "/v1/customers/{id}", Owner, "", """{"city":"Cambridge"}""");
        await CallAsync("PATCH", "/v1/book", null, "", """{"quoteMaxAgeDays":3650}""");
    }

    async Task MoveAsync()
    {
        var yen = Id(await PostAsync("/v1/customers/{id}/wallets", Owner, """{"currency":"JPY","code":"ada-yen"}"""));
        var fees = Id(await PostAsync("/v1/accounts", null, """{"code":"fees","currency":"EUR","floor":null}"""));
        await PostAsync("/v1/deposits", null, $$"""{"wallet":"{{Wallet}}","amount":"1000.00","description":"salary"}""");
        // Asked again with another body, and by a dry run: keys are looked up and told apart.
        await CallAsync("POST", "/v1/withdrawals", null, "?dryRun=true", $$"""{"wallet":"{{Wallet}}","amount":"50.00"}""");
        await PostAsync("/v1/withdrawals", null, $$"""{"wallet":"{{Wallet}}","amount":"50.00"}""");
        var transfer = await PostAsync(
            "/v1/transfers", null, $$"""{"from":"{{Wallet}}","to":"{{yen}}","amount":"100.00","metadata":{"order":81} }""");
        await PostAsync("/v1/postings", null, $$"""{"legs":[{"from":"{{Wallet}}","to":"{{fees}}","amount":"1.50"}]}""");
        await PostAsync("/v1/operations/{id}/reverse", Id(transfer), """{"amount":"40.00","reason":"goods came back"}""");
        await PostAsync("/v1/operations/{id}/reverse", Id(transfer), "{}");
        var items = string.Join(
            ',', Enumerable.Range(0, 4).Select(item => $$"""{"kind":"deposit","key":"item-{{item}}","wallet":"{{Wallet}}","amount":"1"}"""));
        for (var time = 0; time < 2; time++)
            await CallAsync("POST", "/v1/batches", null, "", $$"""{"atomic":true,"operations":[{{items}}]}""", "several");
        await PostAsync("/v1/accounts/{id}/freeze", fees, """{"what":"debits"}""");
        await PostAsync("/v1/accounts/{id}/unfreeze", fees, "{}");
        await PutAsync("/v1/accounts/{id}/floor", fees, """{"floor":"-50.00"}""");
        foreach (var at in new[] { "", "?at=" + Id(transfer) })
        {
            await CallAsync("GET", "/v1/wallets/{id}", Wallet, at);
            await CallAsync("GET", "/v1/accounts/{id}", fees, at);
            await CallAsync("GET", "/v1/operations/{id}", Id(transfer), at);
        }
    }

    async Task HoldAsync()
    {
        var grace = await PostAsync("/v1/customers", null, """{"name":"Grace Hopper","country":"US","city":"Boston","currency":"EUR"}""");
        var other = Id(grace["wallets"]![0]!);
        var hold = Id(await PostAsync(
            "/v1/holds", null, $$"""{"from":"{{Wallet}}","to":"{{other}}","amount":"100.00","maxAmount":"150.00","expiresInSeconds":3600}"""));
        await PostAsync("/v1/holds/{id}/increase", hold, """{"by":"20.00"}""");
        await PostAsync("/v1/holds/{id}/extend", hold, """{"expiresInSeconds":1209600}""");
        await PostAsync("/v1/holds/{id}/capture", hold, """{"amount":"90.00","description":"bill 12"}""");
        await PostAsync("/v1/holds/{id}/release", hold, "{}");
        // Of several captures, each with what is left.
        var batch = string.Join(
            ',', Enumerable.Range(0, 3).Select(item => $$"""{"kind":"hold","key":"held-{{item}}","from":"{{Wallet}}","amount":"1"}"""));
        await CallAsync("POST", "/v1/batches", null, "", $$"""{"operations":[{{batch}}]}""", "holds");
        var due = Id(await PostAsync("/v1/holds", null, $$"""{"from":"{{Wallet}}","amount":"1.00","expiresInSeconds":1}"""));
        await Checks.EventuallyAsync(
            async () => (await CallAsync("GET", "/v1/holds/{id}", due, ""))["status"]!.GetValue<string>() == "expired", "a hold to end");
        await CallAsync("GET", "/v1/holds/{id}", hold, "?at=" + hold);
        foreach (var filter in new[]
            {
                "", "account=" + Wallet, "customer=" + Owner, "status=open", "to=" + other, "to=cash", "expiresBefore=2100-01-01",
                $"account={Wallet}&to={other}"
            })
            await ListAsync("/v1/holds", null, filter);
    }

    async Task ReadAsync()
    {
        foreach (var filter in new[] { "", "kind=wallet", "currency=EUR", "kind=wallet&currency=EUR", "code=fees", "customer=" + Owner })
            await ListAsync("/v1/accounts", null, filter);
        foreach (var filter in new[] { "", "name=ada", "code=ada", "country=GB", "name=ada&country=GB", "name=ada&code=ada" })
            await ListAsync("/v1/customers", null, filter);
        var reversal = Id((await CallAsync("GET", "/v1/operations", null, "?kind=reversal"))["items"]![0]!);
        foreach (var filter in new[]
        {
            "", "account=" + Wallet, "customer=" + Owner, $"account={Wallet}&customer={Owner}", "kind=transfer", "key=several",
            "reverses=" + reversal, $"reverses={reversal}&account={Wallet}", "reversed=none", "reversed=partly", "reversed=fully",
            "since=2020-01-01", "until=2100-01-01", $"account={Wallet}&kind=transfer&reversed=fully",
        })
            await ListAsync("/v1/operations", null, filter);
        await ListAsync("/v1/quotes/{dateOrCurrency}", "USD", "");
        await ListAsync("/v1/quotes/{dateOrCurrency}", "USD", "since=2020-01-01&until=2100-01-01");
        await ListAsync("/v1/customers/{id}/wallets", Owner, "");
        await CallAsync("GET", "/v1/quotes", null, "?date=" + today);
        await CallAsync("GET", "/v1/customers/{id}", Owner, "");
        foreach (var path in new[] { "/v1/book", "/v1/currencies", "/v1/countries", "/v1/cities" })
            await CallAsync("GET", path, null, path == "/v1/cities" ? "?country=PT" : "");
        await FollowAsync();
        await CallAsync("GET", "/health/ready", null, "");
    }

    async Task ReportAsync()
    {
        foreach (var query in new[] { "?format=json", "?format=csv&holds=true&since=2020-01-01&until=2100-01-01", "?format=json&at=12" })
        {
            await CallAsync("GET", "/v1/wallets/{id}/statement", Wallet, query);
            await CallAsync("GET", "/v1/accounts/{id}/statement", Wallet, query);
            await CallAsync("GET", "/v1/customers/{id}/statement", Owner, query);
            await CallAsync("GET", "/v1/reports/operations", null, query + "&name=ada%20lovelace");
        }

        foreach (var report in new[] { "trial-balance", "turnover", "postings" })
        {
            await CallAsync("GET", "/v1/reports/" + report, null, "?format=json");
            await CallAsync("GET", "/v1/reports/" + report, null, "?format=csv&since=2020-01-01&until=2100-01-01");
        }

        await CallAsync("GET", "/v1/reports/exchange", null, "?format=json");
        await CallAsync("GET", "/v1/reports/exchange", null, "?format=json&date=" + today);
    }

    async Task ManageAsync()
    {
        await PostAsync("/v1/keys", null, """{"name":"reader","scopes":["read"]}""");
        await CallAsync("GET", "/v1/keys", null, "");
        await CallAsync("PATCH", "/v1/keys/{name}", "reader", "", """{"rateLimit":100}""");
        await PostAsync("/v1/keys/{name}/rotate", "reader", """{"overlapSeconds":3600}""");
        await CallAsync("DELETE", "/v1/keys/{name}", "reader", "");
        var main = client.DefaultRequestHeaders.Authorization;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", operatorKey);
        await CallAsync("GET", "/v1/books", null, "");
        var opened = await PostAsync("/v1/books", null, """{"name":"branch","baseCurrency":"USD"}""");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", opened["key"]!.GetValue<string>());
        await PostAsync("/v1/customers", null, """{"name":"Of The Branch","country":"US","city":"Boston","currency":"USD"}""");
        client.DefaultRequestHeaders.Authorization = main;
    }

    async Task EndAsync()
    {
        var gone = await PostAsync("/v1/customers", null, """{"name":"Soon Gone","country":"PT","city":"Lisboa","code":"gone","currency":"EUR"}""");
        await PostAsync("/v1/accounts/{id}/close", Id(gone["wallets"]![0]!), "{}");
        await CallAsync("DELETE", "/v1/customers/{id}/personal-data", Id(gone), "");
        await CallAsync("GET", "/v1/customers/{id}", Id(gone), "");
    }

    async Task FollowAsync()
    {
        foreach (var query in new[] { "", "?leaves=true" })
        {
            made.Add("GET /v1/journal");
            using var response = await client.GetAsync(
                new Uri("/v1/journal" + query, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(200, (int)response.StatusCode);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await lines.ReadLineAsync() is { } line && !line.StartsWith("data:", StringComparison.Ordinal))
            {
            }
        }
    }

    // Both orders, and the page after the first.
    async Task ListAsync(string template, string? id, string filter)
    {
        foreach (var order in new[] { "asc", "desc" })
        {
            var query = $"?limit=1&order={order}" + (filter.Length == 0 ? "" : "&" + filter);
            var page = await CallAsync("GET", template, id, query);
            if (page["next"]?.GetValue<string>() is { } next)
                await CallAsync("GET", template, id, $"{query}&cursor={Uri.EscapeDataString(next)}");
        }
    }

    Task<JsonNode> PostAsync(string template, string? id, string body) => CallAsync("POST", template, id, "", body);

    Task<JsonNode> PutAsync(string template, string? id, string body) => CallAsync("PUT", template, id, "", body);

    async Task<JsonNode> CallAsync(string method, string template, string? id, string query, string? body = null, string? key = null)
    {
        made.Add($"{method} {template}");
        var open = template.IndexOf('{', StringComparison.Ordinal);
        var path = id is null ? template : template[..open] + id + template[(template.IndexOf('}', StringComparison.Ordinal) + 1)..];
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path + query, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (method != "GET")
            request.Headers.Add("Idempotency-Key", key ?? string.Create(CultureInfo.InvariantCulture, $"call-{++keys}"));
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode is 200 or 201, $"{method} {path}{query}: {(int)response.StatusCode} {text}");
        return response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text)! : new JsonObject();
    }

    static string Id(JsonNode answer) => answer["id"]!.GetValue<string>();
}
