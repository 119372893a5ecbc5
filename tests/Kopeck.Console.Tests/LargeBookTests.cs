using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kopeck.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kopeck.Console.Tests;

/// <summary>
/// A book of many operations: every screen asks for pages, never for all, and keeps no more than it shows. KOPECK_TEST_SCALE=100 makes it a
/// million operations of 20,000 customers. How long each screen takes is told, not asserted.
/// </summary>
public sealed class LargeBookTests(Chromium chromium)
{
    const int ShortForm = 10_000;
    const int BatchSize = 1000;
    const int MostRows = 1000;
    const int MostBytesOfAList = 2 << 20;
    const long MostHeap = 128 << 20;

    const string BeginsAt =
        "first => Number(document.querySelector('k-journal .row .id').textContent.replace(/\\D/g, '')) === first";

    static int Operations => ShortForm * TestSeed.Scale;

    static int Customers => Math.Clamp(Operations / 20, 1000, 20_000);

    [Fact]
    public async Task Every_list_and_chart_asks_for_pages_and_keeps_what_it_shows()
    {
        using var place = new Folder();
        await using var server = await Server.StartAsync(place, "warning");
        var started = Stopwatch.GetTimestamp();
        var (customer, hot, hold) = await FillAsync(server);
        System.Console.WriteLine(
            $"{Operations:N0} operations, {Customers:N0} customers in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        await using var visit = await Visit.SignInAsync(chromium, server.Url, server.Key);
        var page = visit.Page;
        var head = (await server.GetAsync("/v1/book")).Json["head"]!["number"]!.GetValue<string>();
        foreach (var where in new[]
        {
            "", "customers", "customers?q=customer%209", $"customers/{customer}", $"wallets/{hot}", $"wallets/{hot}?at=5000", "journal",
            "journal?kind=transfer", "journal?kind=reversal", $"journal?account={hot}", $"journal?account={hot}&kind=deposit",
            $"journal?customer={customer}", "journal?until=2001-01-01", $"operations/{head}", "proof?from=4000&to=4050", "holds",
            "holds?tab=today", "holds?tab=expired", $"holds/{hold}", "quotes", "reports/trial", "reports/turnover",
            $"reports/card?account={hot}", "reports/postings", "admin/keys", $"admin/accounts?account={hot}",
        })
            await LookAsync(visit, where);

        await visit.GoAsync("reports/trial");
        await Expect(page.Locator("k-reports")).ToContainTextAsync($"The first 500 of {Customers + 1:N0} rows");
        Assert.Equal(500, await page.Locator("k-reports tbody tr").CountAsync());
        await visit.GoAsync($"reports/card?account={hot}");
        await Expect(page.Locator("k-reports")).ToContainTextAsync("The first 500 lines");
        await visit.GoAsync($"wallets/{hot}");
        await Expect(page.Locator("k-wallet")).ToContainTextAsync(new Regex("The last [0-9]+ operations"));
        await page.Locator("k-wallet button:has-text('Reach further back')").ClickAsync();
        await visit.SettleAsync();

        await visit.GoAsync("journal");
        var first = await FirstAsync(page);
        await ScrollToTheEndAsync(page);
        for (var turn = 1; turn <= 3; turn++)
        {
            Assert.Equal(MostRows, await page.Locator("k-journal .row").CountAsync());
            await page.Locator("k-journal button:has-text('Go on from here')").ClickAsync();
            await page.WaitForFunctionAsync(BeginsAt, first - (turn * MostRows));
            await ScrollToTheEndAsync(page);
        }

        await page.Locator("k-journal button:has-text('Back to the first')").ClickAsync();
        await page.WaitForFunctionAsync(BeginsAt, first);
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("HeapProfiler.collectGarbage");
        var heap = (await tools.SendAsync("Runtime.getHeapUsage"))!.Value.GetProperty("usedSize").GetDouble();
        System.Console.WriteLine($"the page's heap after all of it: {heap / (1 << 20):0} MB");
        Assert.InRange(heap, 1, MostHeap);
        visit.AssertClean();
    }

    /// <summary>Scrolls until the list asks to be told to go on.</summary>
    static async Task ScrollToTheEndAsync(IPage page)
    {
        while (await page.Locator("k-journal .more").CountAsync() > 0)
        {
            var before = await page.Locator("k-journal .row").CountAsync();
            await page.EvaluateAsync("() => scrollTo(0, document.body.scrollHeight)");
            await page.WaitForFunctionAsync(
                "before => document.querySelectorAll('k-journal .row').length > before || !document.querySelector('k-journal .more')", before);
        }
    }

    static async Task<int> FirstAsync(IPage page)
    {
        var text = await page.Locator("k-journal .row .id").First.InnerTextAsync();
        return int.Parse(string.Concat(text.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
    }

    /// <summary>Opens a place, tells how long that took, and looks at what it asked for.</summary>
    static async Task LookAsync(Visit visit, string where)
    {
        await visit.Page.EvaluateAsync("() => performance.clearResourceTimings()");
        var started = Stopwatch.GetTimestamp();
        await visit.GoAsync(where);
        var took = Stopwatch.GetElapsedTime(started);
        var asked = await visit.Page.EvaluateAsync<JsonElement>(
            "() => performance.getEntriesByType('resource').map(each => [each.name, each.decodedBodySize, each.responseEnd - each.startTime])");
        var slowest = 0.0;
        foreach (var each in asked.EnumerateArray())
        {
            var (url, size) = (new Uri(each[0].GetString()!), each[1].GetDouble());
            slowest = Math.Max(slowest, each[2].GetDouble());
            if (url.AbsolutePath is "/v1/operations" or "/v1/customers" or "/v1/accounts" or "/v1/holds")
            {
                Assert.Contains("limit=", url.Query, StringComparison.Ordinal);
                Assert.InRange(size, 0, MostBytesOfAList);
            }
        }

        System.Console.WriteLine($"{took.TotalMilliseconds,6:0} ms, slowest answer {slowest,6:0} ms: {where}");
    }

    static async Task<(string Customer, string Hot, string Hold)> FillAsync(Server server)
    {
        var wallets = new string[Customers];
        var customers = new string[Customers];
        await Parallel.ForAsync(0, Customers, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (place, _) =>
        {
            var reply = await server.PostAsync(
                "/v1/customers", $$"""{"name": "Customer {{place}}", "country": "DE", "city": "Essen", "currency": "EUR"}""", $"c{place}");
            Assert.Equal(201, reply.Status);
            customers[place] = SeededBook.Text(reply, "id");
            wallets[place] = reply.Json["wallets"]![0]!["id"]!.GetValue<string>();
        });
        var random = new Random(TestSeed.Next());
        var hold = "";
        var written = 2 * Customers;
        for (var batch = 0; written < Operations; batch++)
        {
            var body = new StringBuilder("""{"operations": [""");
            for (var item = 0; item < BatchSize; item++)
            {
                var (one, other) = (random.Next(Customers), random.Next(Customers - 1));
                other = other >= one ? other + 1 : other;
                var from = wallets[item % 2 == 0 ? 0 : one];
                var to = item % 2 == 0 ? wallets[Math.Max(one, 1)] : wallets[other];
                body.Append(item == 0 ? "" : ",").Append(batch == 0 || item % 10 == 9
                    ? $$"""{"kind": "deposit", "wallet": "{{(item < 20 ? wallets[0] : from)}}", "amount": "1000000"}"""
                    : item % 100 == 50
                        ? $$"""{"kind": "hold", "from": "{{wallets[0]}}", "amount": "0.01"}"""
                        : from == to
                            ? $$"""{"kind": "deposit", "wallet": "{{to}}", "amount": "1"}"""
                            : $$"""{"kind": "transfer", "from": "{{from}}", "to": "{{to}}", "amount": "0.{{random.Next(10, 99)}}", "description": "number {{item}}"}""");
            }

            var reply = await server.PostAsync("/v1/batches", body.Append("]}").ToString(), $"b{batch}");
            Assert.True(reply.Status == 200, reply.Body[..Math.Min(500, reply.Body.Length)]);
            var done = reply.Json["outcomes"]!.AsArray().Where(outcome => outcome!["result"]!.GetValue<string>() == "done").ToList();
            written += done.Count;
            var placed = done.Select(outcome => outcome!["body"]!).FirstOrDefault(each => each["kind"]!.GetValue<string>() == "hold");
            hold = placed?["id"]!.GetValue<string>() ?? hold;
        }

        return (customers[0], wallets[0], hold);
    }
}
