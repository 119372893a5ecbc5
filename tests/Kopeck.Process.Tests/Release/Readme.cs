using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Kopeck.Testing;

namespace Kopeck.Process.Tests.Release;

/// <summary>The five minutes of README.md on a server whose book is fresh: each call, and the figures that the page shows.</summary>
static class Readme
{
    /// <summary>Does them all; the book has 15 operations then.</summary>
    public static async Task PlayAsync(Server server)
    {
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var feed = await File.ReadAllTextAsync(
            Path.Combine(Shell.Repository, "tests", "Kopeck.Ledger.Tests", "feeds", "ecb-daily.xml"), TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = server.Http };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
        using var quotes = new StringContent(
            feed.Replace("2026-11-20", today, StringComparison.Ordinal), Encoding.UTF8, "application/xml");
        using var loaded = await client.PostAsync(
            new Uri("/v1/quotes/import", UriKind.Relative), quotes, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)loaded.StatusCode);
        await DoAsync(server, "/v1/customers", """{"name": "Inês Conceição", "country": "PT", "city": "Lisboa", "currency": "EUR"}""", null, "3");
        await DoAsync(server, "/v1/customers", """{"name": "田中 花子", "country": "JP", "city": "Tokyo", "currency": "JPY"}""", null, "5");
        await DoAsync(server, "/v1/deposits", """{"wallet": "4", "amount": "1000.00"}""", "first-deposit", "8");
        const string Transfer = """{"from": "4", "to": "6", "amount": "25000", "currency": "JPY", "description": "invoice 81"}""";
        await DoAsync(server, "/v1/transfers", Transfer, "invoice-81", "11");
        Assert.True((await server.PostAsync("/v1/transfers", Transfer, "invoice-81")).IsReplay);
        Assert.Equal(
            "insufficient_funds", (await server.PostAsync("/v1/transfers", """{"from": "4", "to": "6", "amount": "5000"}""", "too-much")).Code);
        Assert.Equal("846.73", await server.PostedAsync("4"));
        await DoAsync(server, "/v1/holds", """{"from": "4", "amount": "100.00", "to": "cash", "description": "room 12"}""", "room-12", "12");
        await DoAsync(server, "/v1/holds/12/capture", """{"amount": "60.00"}""", "room-12-a", "13");
        await DoAsync(server, "/v1/holds/12/capture", """{"amount": "25.00", "final": true}""", "room-12-b", "14");
        await DoAsync(
            server, "/v1/operations/13/reverse", """{"amount": "5.00", "reason": "no hot water"}""", "refund-12", "15");
        Assert.Equal("766.73", await server.PostedAsync("4"));
        // What needs more of the program than the ledger: fonts, and libraries that are loaded late.
        foreach (var form in new[] { "pdf", "xlsx" })
            Assert.Equal(200, (await server.GetAsync($"/v1/wallets/4/statement?format={form}&lang=de&tz=Asia/Tokyo")).Status);
    }

    static async Task DoAsync(Server server, string path, string body, string? key, string id)
    {
        var reply = await server.PostAsync(path, body, key);
        Assert.True(reply.Status == 201, $"{path}: {reply.Body}");
        Assert.Equal(id, reply.Json["id"]!.GetValue<string>());
    }
}
