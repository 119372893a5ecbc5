using System.Diagnostics;
using System.Globalization;
using Kopeck.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kopeck.Console.Tests;

/// <summary><c>kopeck serve --demo</c>, and a book that is larger than a screen.</summary>
public sealed class DemoTests(Chromium chromium)
{
    static readonly string[] Documented =
    [
        "overview", "customers", "customer", "wallet", "journal", "operation", "proof", "transfer", "holds", "quotes", "reports",
        "administration",
    ];

    static readonly (string Folder, Looks Looks)[] Views =
    [
        ("", new Looks(Width: 1280, Height: 860)),
        ("wide", new Looks(Width: 1600, Height: 900)),
        ("wide-dark-ru", new Looks("ru", 1600, 900, IsDark: true)),
        ("phone-ru", new Looks("ru", 390, 844)),
        ("phone-dark", new Looks(Width: 390, Height: 844, IsDark: true)),
    ];

    [Fact]
    public async Task One_line_opens_on_a_demo_book_which_scrolls_page_by_page()
    {
        using var place = new Folder();
        await using var demo = await DemoServer.StartAsync(place);
        await using var visit = await Visit.OpenAsync(chromium, demo.Url);
        var page = visit.Page;
        var asked = new List<string>();
        page.Request += (_, request) =>
        {
            lock (asked)
                asked.Add(request.Url);
        };
        var started = Stopwatch.GetTimestamp();
        await visit.SignInAsync(demo.Key);
        await Expect(page.Locator("k-overview tbody th").First).ToBeVisibleAsync();
        System.Console.WriteLine($"the first screen: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5 * TestSeed.Scale), "the first screen took too long");
        await Expect(page.Locator(".headline")).ToContainTextAsync("main");

        lock (asked)
            asked.Clear();
        await visit.GoAsync("journal");
        var paint = await page.EvaluateAsync<double>("""
            async () => {
                location.hash = '#/holds';
                await new Promise(resolve => setTimeout(resolve, 300));
                location.hash = '#/journal';
                const rows = () => document.querySelectorAll('k-journal .row').length;
                while (rows() === 0) await new Promise(resolve => setTimeout(resolve, 4));
                const answered = performance.getEntriesByType('resource').filter(each => each.name.includes('/v1/operations?')).at(-1).responseEnd;
                return performance.now() - answered;
            }
            """);
        // Told, not asserted: how fast a machine draws is its own.
        System.Console.WriteLine($"the first rows: {paint:0} ms after the answer");
        for (var turn = 0; turn < 5; turn++)
        {
            var before = await page.Locator("k-journal .row").CountAsync();
            await page.EvaluateAsync("() => scrollTo(0, document.body.scrollHeight)");
            await page.WaitForFunctionAsync("before => document.querySelectorAll('k-journal .row').length > before", before);
        }

        Assert.InRange(await page.Locator("k-journal .row").CountAsync(), 250, 1000);
        lock (asked)
            Assert.All(
                asked.Where(url => url.Contains("/v1/operations?", StringComparison.Ordinal)),
                url => Assert.Contains("limit=", url, StringComparison.Ordinal));
        visit.AssertClean();
    }

    [Fact]
    public async Task A_book_that_is_no_demos_is_left_alone()
    {
        using var place = new Folder();
        await using (var server = await Server.StartAsync(place))
            await server.OpenWalletAsync("EUR", "5");
        var refused = Ledgers.Kopeck(place, "serve", "--demo", "--http", "http://127.0.0.1:0", "--grpc", "none");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("no demo's", refused.Errors, StringComparison.Ordinal);
        Ledgers.Verify(place);
    }

    [Fact]
    public async Task The_screens_are_drawn_for_the_documents()
    {
        var folder = Environment.GetEnvironmentVariable("KOPECK_TEST_SCREENSHOTS");
        Assert.SkipUnless(folder is not null, "tools/screenshots draws them");
        using var place = new Folder();
        await using var demo = await DemoServer.StartAsync(place);
        await demo.PostAsync("/v1/keys", """{"name": "shop", "scopes": ["read", "transfer"], "allowedNetworks": "127.0.0.0/8,10.20.0.0/16", "rateLimit": 500}""");
        await demo.PostAsync("/v1/keys", """{"name": "audit", "scopes": ["read"], "expiresAt": "2031-01-01"}""");
        await demo.PostAsync("/v1/keys/shop/rotate", "{}");
        foreach (var (folderName, looks) in Views)
        {
            await using var visit = await Visit.SignInAsync(chromium, demo.Url, demo.Key, looks, mayFail: true);
            var customer = (await demo.GetAsync("/v1/customers?name=bj")).Json["items"]![0]!["id"]!.GetValue<string>();
            var wallets = (await demo.GetAsync($"/v1/customers/{customer}/wallets?order=asc")).Json;
            var account = wallets["items"]![0]!["id"]!.GetValue<string>();
            var conversion = (await demo.GetAsync("/v1/operations?kind=transfer&limit=200")).Json["items"]!.AsArray()
                .First(each => each!["exchange"] is not null)!["id"]!.GetValue<string>();
            var number = (await demo.GetAsync("/v1/book")).Json["head"]!["number"]!.GetValue<string>();
            var head = int.Parse(number, CultureInfo.InvariantCulture);
            foreach (var (name, where) in new[]
            {
                ("overview", ""), ("customers", "customers?q=jo"), ("customer", "customers/" + customer),
                ("wallet", $"wallets/{account}?at={head / 2}"),
                ("journal", "journal"), ("operation", "operations/" + conversion), ("proof", $"proof?from={head - 50}&to={head}"),
                ("transfer", $"move/transfer?from={account}&to=518&amount=25"), ("holds", "holds"), ("quotes", "quotes"),
                ("reports", "reports/turnover"), ("administration", "admin/keys?key=shop"),
                ("administration-accounts", "admin/accounts?account=" + account), ("administration-book", "admin/book"),
                ("deposit", $"move/deposit?wallet={account}&amount=25"), ("posting", "move/posting"), ("hold", "move/hold?from=" + account),
                ("reversal", "move/reversal?operation=" + conversion), ("holds-expired", "holds?tab=expired"), ("trial", "reports/trial"),
                ("card", "reports/card?account=" + account), ("postings", "reports/postings"), ("filtered", "journal?kind=transfer"),
            })
            {
                await visit.GoAsync(where);
                if (name == "proof")
                {
                    await visit.Page.Locator("k-proof button.primary").ClickAsync();
                    await visit.Page.Locator(".verdict").WaitForAsync();
                }

                if (name == "transfer")
                    await Expect(visit.Page.Locator(".preview td")).Not.ToHaveCountAsync(0);
                // The documents show what a window has; all of a page, and all pages, are there to be looked at.
                if (folderName == "" && !Documented.Contains(name))
                    continue;
                await visit.Page.ScreenshotAsync(
                    new PageScreenshotOptions
                    {
                        Path = Path.Combine(folder, folderName, name + ".png"),
                        Animations = ScreenshotAnimations.Disabled,
                        FullPage = folderName != "",
                    });
            }

            visit.AssertClean();
        }
    }
}
