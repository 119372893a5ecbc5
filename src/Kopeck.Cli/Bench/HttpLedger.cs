using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Kopeck.Cli.Bench;

/// <summary>A running server. It is prepared with an ordinary client and loaded with <see cref="HttpConnection"/>s.</summary>
sealed class HttpLedger : IBenchLedger, IDisposable
{
    const int OpenAtOnce = 16;

    readonly Uri url;
    readonly string key;
    readonly HttpClient client;
    readonly string run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    int requests;

    public HttpLedger(Uri url, string key)
    {
        this.url = url;
        this.key = key;
        client = new HttpClient { BaseAddress = url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public string Description => url.ToString().TrimEnd('/');

    public async Task<List<BenchWallet>> ListAsync(string currency, string codePrefix)
    {
        var wallets = new List<BenchWallet>();
        string? cursor = null;
        do
        {
            using var page = await RequireAsync(
                HttpMethod.Get,
                $"/v1/accounts?kind=wallet&currency={currency}&order=asc&limit=1000{(cursor is null ? "" : "&cursor=" + cursor)}", null);
            foreach (var item in page.RootElement.GetProperty("items").EnumerateArray())
            {
                if (item.GetProperty("code").GetString() is { } code && code.StartsWith(codePrefix, StringComparison.Ordinal))
                    wallets.Add(
                        new BenchWallet(
                            Id(item.GetProperty("id")), Id(item.GetProperty("customer")), code,
                            Units(item.GetProperty("posted").GetString()!)));
            }

            cursor = page.RootElement.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return wallets;
    }

    public async Task<long> FindCustomerAsync(string code)
    {
        using (var found = await RequireAsync(HttpMethod.Get, $"/v1/customers?code={code}", null))
        {
            if (found.RootElement.GetProperty("items").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } customer)
                return Id(customer.GetProperty("id"));
        }

        using var registered = await RequireAsync(HttpMethod.Post, "/v1/customers", $$"""{"name":"Bench","country":"LU","city":"Luxembourg","code":"{{code}}"}""");
        return Id(registered.RootElement.GetProperty("id"));
    }

    public async Task<long[]> OpenAsync(long customer, string currency, IReadOnlyList<string> codes)
    {
        var ids = new long[codes.Count];
        await Parallel.ForAsync(0, codes.Count, new ParallelOptions { MaxDegreeOfParallelism = OpenAtOnce }, async (place, _) =>
        {
            using var opened = await RequireAsync(HttpMethod.Post, $"/v1/customers/{customer}/wallets", $$"""{"currency":"{{currency}}","code":"{{codes[place]}}"}""");
            ids[place] = Id(opened.RootElement.GetProperty("id"));
        });
        return ids;
    }

    public async Task DepositAsync(IReadOnlyList<long> wallets, long units)
    {
        var items = wallets.Select(wallet => $$"""{"kind":"deposit","wallet":"{{wallet}}","amount":"{{units}}"}""");
        using var batch = await RequireAsync(HttpMethod.Post, "/v1/batches", $$"""{"operations":[{{string.Join(',', items)}}]}""");
        foreach (var outcome in batch.RootElement.GetProperty("outcomes").EnumerateArray())
        {
            if (outcome.GetProperty("status").GetInt32() != 201)
                throw new BenchException($"{Description}: a deposit was refused: {outcome.GetProperty("body").GetRawText()}");
        }
    }

    public async Task RequireQuotesAsync(long from, long to, IReadOnlyList<(string Currency, string Rate)> quotes)
    {
        var trial = await SendAsync(HttpMethod.Post, "/v1/transfers?dryRun=true", $$"""{"from":"{{from}}","to":"{{to}}","amount":"1"}""");
        if (trial.Status == 201)
            return;
        var day = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        // The base currency's own quote cannot be loaded, and only the book knows which one it is.
        var loads = quotes.Select(left => quotes.Where(quote => quote != left)).Prepend(quotes);
        foreach (var load in loads)
        {
            if ((await SendAsync(HttpMethod.Put, $"/v1/quotes/{day}", $$"""{{{string.Join(',', load.Select(quote => $"\"{quote.Currency}\":\"{quote.Rate}\""))}}}""")).Status == 200)
                return;
        }

        throw new BenchException($"{Description}: no quotes can be loaded for conversions: {trial.Body}");
    }

    public async Task LoadAsync(LoadRun run, int connections)
    {
        var templates = new HttpRequests(url, key);
        var senders = Enumerable.Range(0, connections).Select(_ => new HttpConnection(run, templates)).ToList();
        try
        {
            foreach (var sender in senders)
                await sender.ConnectAsync(url);
            run.Start(connections);
            foreach (var sender in senders)
                sender.Start();
            await run.Finished;
        }
        catch (System.Net.Sockets.SocketException exception)
        {
            throw new BenchException($"{Description}: {exception.Message}");
        }
        finally
        {
            foreach (var sender in senders)
                sender.Dispose();
        }
    }

    public void Dispose() => client.Dispose();

    static long Id(JsonElement id) => long.Parse(id.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture);

    static long Units(string amount) =>
        long.Parse(
            amount.AsSpan(0, amount.IndexOf('.', StringComparison.Ordinal)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    async Task<JsonDocument> RequireAsync(HttpMethod method, string path, string? body)
    {
        var (status, text) = await SendAsync(method, path, body);
        return status is 200 or 201
            ? JsonDocument.Parse(text)
            : throw new BenchException($"{Description}: {method} {path}: {status} {text}");
    }

    async Task<(int Status, string Body)> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            request.Headers.Add("Idempotency-Key", $"{run}-set-up-{Interlocked.Increment(ref requests)}");
        }

        try
        {
            using var reply = await client.SendAsync(request);
            return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException exception)
        {
            throw new BenchException($"{Description}: {exception.Message}");
        }
    }
}
