using System.Globalization;
using Kopeck.Testing;

namespace Kopeck.Console.Tests;

/// <summary>
/// A real server with a small book: customers in several scripts, quotes, money that moved, holds in every state, a refund.
/// </summary>
public sealed class SeededBook : IAsyncDisposable
{
    /// <summary>What must never be taken for markup.</summary>
    public const string Script = "<script>window.broken = 1</script><img src=x onerror=\"window.broken = 1\">";

    readonly ILedgerPlace place;
    int keys;

    SeededBook(ILedgerPlace place, Server server) => (this.place, Server) = (place, server);

    public Server Server { get; }

    public ILedgerPlace Place => place;

    public string Customer { get; private set; } = "";

    public string Euros { get; private set; } = "";

    public string Yen { get; private set; } = "";

    public string OpenHold { get; private set; } = "";

    public string Transfer { get; private set; } = "";

    public static string Day(int fromToday) =>
        TimeProvider.System.GetUtcNow().AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static async Task<SeededBook> StartAsync(StorageEngine engine, IReadOnlyDictionary<string, string>? variables = null)
    {
        var ledger = await ILedgerPlace.NewAsync(engine);
        var book = new SeededBook(ledger, await Server.StartAsync(ledger, "warning", variables: variables));
        await book.PlantAsync();
        return book;
    }

    /// <summary>Does a request that must succeed; its answer.</summary>
    public async Task<Reply> DoAsync(string method, string path, string body)
    {
        var reply = await Server.SendAsync(new HttpMethod(method), path, body, $"seed-{++keys}");
        Assert.True(reply.Status is 200 or 201, $"{method} {path}: {reply.Body}");
        return reply;
    }

    /// <summary>A new customer with a wallet.</summary>
    public async Task<(string Customer, string Wallet)> RegisterAsync(
        string name, string currency, string country = "DE", string city = "Essen", string? metadata = null)
    {
        var reply = await DoAsync(
            "POST", "/v1/customers",
            $$"""{"name": {{Json(name)}}, "country": "{{country}}", "city": {{Json(city)}}, "currency": "{{currency}}", "metadata": {{metadata ?? "{}"}}}""");
        return (Text(reply, "id"), reply.Json["wallets"]![0]!["id"]!.GetValue<string>());
    }

    public static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    public static string Text(Reply reply, string name) => reply.Json[name]!.GetValue<string>();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        place.Dispose();
    }

    async Task PlantAsync()
    {
        for (var day = -20; day <= 0; day++)
            await DoAsync(
                "PUT", "/v1/quotes/" + Day(day),
                $$$"""{"USD": {"units": "1.{{{1000 + (day * 7 % 50)}}}", "base": "1"}, "JPY": "0.00{{{61 + (day * day % 3)}}}", "GBP": "1.1{{{7 + (day % 3)}}}"}""");
        (Customer, Euros) = await RegisterAsync("Анна Кузнецова", "EUR", "DE", "Essen");
        (_, Yen) = await RegisterAsync("花子 田中", "JPY", "JP", "Tokyo");
        var (_, pounds) = await RegisterAsync("حصة المطيري", "GBP", "GB", "London");
        await DoAsync("POST", "/v1/accounts", """{"code": "fees", "currency": "EUR", "floor": null}""");
        await DoAsync("POST", "/v1/deposits", $$"""{"wallet": "{{Euros}}", "amount": "5000", "description": "salary"}""");
        await DoAsync("POST", "/v1/deposits", $$"""{"wallet": "{{pounds}}", "amount": "800"}""");
        Transfer = Text(
            await DoAsync("POST", "/v1/transfers", $$"""{"from": "{{Euros}}", "to": "{{Yen}}", "amount": "25000", "currency": "JPY", "description": "rent"}"""), "id");
        await DoAsync("POST", "/v1/transfers", $$"""{"from": "{{pounds}}", "to": "{{Euros}}", "amount": "10"}""");
        await DoAsync("POST", "/v1/withdrawals", $$"""{"wallet": "{{Euros}}", "amount": "12.34"}""");
        OpenHold = Text(
            await DoAsync("POST", "/v1/holds", $$"""{"from": "{{Euros}}", "amount": "100", "to": "{{Yen}}", "description": "room 12"}"""), "id");
        await DoAsync("POST", $"/v1/holds/{OpenHold}/capture", """{"amount": "15"}""");
        var released = Text(await DoAsync("POST", "/v1/holds", $$"""{"from": "{{Euros}}", "amount": "30"}"""), "id");
        await DoAsync("POST", $"/v1/holds/{released}/release", "{}");
        await DoAsync("POST", "/v1/holds", $$"""{"from": "{{Euros}}", "amount": "9", "expiresInSeconds": 1}""");
        await DoAsync("POST", $"/v1/operations/{Transfer}/reverse", """{"amount": "10", "reason": "sent back"}""");
    }
}
