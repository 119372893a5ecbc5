using Kopeck.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kopeck.Console.Tests;

/// <summary>Forms: the server's words beside the field, what it would do, one payment a form.</summary>
public sealed class FormTests(Chromium chromium, Books books)
{
    [Theory]
    [MemberData(nameof(Engines.Of), StorageEngine.Sqlite, MemberType = typeof(Engines))]
    public async Task Wrong_input_shows_the_servers_words_beside_the_field(StorageEngine engine)
    {
        var book = await books.OfAsync(engine);
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key, mayFail: true);
        var page = visit.Page;
        foreach (var (amount, code) in new[]
        {
            ("1.005", "invalid_fields"), ("-3", "invalid_fields"), ("abc", "invalid_fields"), ("99999999", "insufficient_funds"),
        })
        {
            await visit.GoAsync($"move/withdrawal?wallet={book.Euros}&amount={amount}");
            var said = await book.Server.PostAsync("/v1/withdrawals", $$"""{"wallet": "{{book.Euros}}", "amount": "{{amount}}"}""", "wrong-" + amount);
            Assert.Equal(code, said.Code);
            var words = (code == "invalid_fields" ? said.Json["errors"]![0]! : said.Json)["detail"]!.GetValue<string>();
            var field = page.Locator(".field:has(input.amount)");
            await Expect(field.Locator(".error")).ToHaveTextAsync(words);
            await Expect(field.Locator("input")).ToHaveAttributeAsync("aria-invalid", "true");
            var described = await field.Locator("input").GetAttributeAsync("aria-describedby");
            Assert.Contains(await field.Locator(".error").GetAttributeAsync("id") ?? "?", described, StringComparison.Ordinal);
        }

        await visit.GoAsync("move/transfer?from=999999&to=888888&amount=1");
        await Expect(page.Locator(".field .error:visible").First).ToContainTextAsync("999999");
        await visit.GoAsync("customers");
        await page.Locator("k-form button[type=submit]").ClickAsync();
        await Expect(page.Locator(".field .error:visible")).ToHaveCountAsync(3);
        await Expect(page.Locator("#f-register-name")).ToBeFocusedAsync();
        visit.AssertClean();
    }

    [Fact]
    public async Task A_double_click_is_one_payment()
    {
        var book = await books.OfAsync(StorageEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync("Double Click", "EUR");
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key);
        await visit.GoAsync($"move/deposit?wallet={wallet}&amount=10");
        await Expect(visit.Page.Locator(".preview")).ToContainTextAsync("+10.00 EUR");
        await visit.Page.Locator("k-form button[type=submit]").DblClickAsync();
        await visit.Page.Locator(".done").WaitForAsync();
        Assert.Equal("10.00", await book.Server.PostedAsync(wallet));
        visit.AssertClean();
    }

    [Fact]
    public async Task A_payment_whose_answer_was_lost_is_sent_again_with_its_key_and_done_once()
    {
        var book = await books.OfAsync(StorageEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync("Lost Answer", "EUR");
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key, mayFail: true);
        var page = visit.Page;
        await visit.GoAsync($"move/deposit?wallet={wallet}&amount=10");
        await Expect(page.Locator(".preview")).ToContainTextAsync("+10.00 EUR");
        var lost = 0;
        await page.RouteAsync("**/v1/deposits", async route =>
        {
            // The server does it, and nobody hears of it: every attempt of the first turn.
            if (lost++ >= 2)
            {
                await route.ContinueAsync();
                return;
            }

            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.Locator("k-form button[type=submit]").ClickAsync();
        await Expect(page.Locator("k-form .problem")).ToContainTextAsync("No answer came");
        await page.Locator("k-form button[type=submit]").ClickAsync();
        await Expect(page.Locator(".done")).ToContainTextAsync("Done before, by the same request");
        Assert.Equal("10.00", await book.Server.PostedAsync(wallet));
    }

    [Fact]
    public async Task Two_tabs_see_what_the_other_wrote_and_pay_each_for_itself()
    {
        var book = await books.OfAsync(StorageEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync("Two Tabs", "EUR");
        await using var first = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key);
        await using var second = await first.AnotherTabAsync(chromium);
        // The other tab knows nothing of the key: it is in the memory of one.
        await second.SignInAsync(book.Server.Key);
        await first.GoAsync("wallets/" + wallet);
        await second.GoAsync($"move/deposit?wallet={wallet}&amount=7");
        await Expect(second.Page.Locator(".preview")).ToContainTextAsync("+7.00 EUR");
        await second.Page.Locator("k-form button[type=submit]").ClickAsync();
        await second.Page.Locator(".done").WaitForAsync();
        await Expect(first.Page.Locator(".stat").First).ToContainTextAsync("7.00 EUR");
        await first.GoAsync($"move/deposit?wallet={wallet}&amount=7");
        await Expect(first.Page.Locator(".preview")).ToContainTextAsync("14.00 EUR");
        await first.Page.Locator("k-form button[type=submit]").ClickAsync();
        await first.Page.Locator(".done").WaitForAsync();
        Assert.Equal("14.00", await book.Server.PostedAsync(wallet));
        first.AssertClean();
        second.AssertClean();
    }

    [Fact]
    public async Task A_feed_that_is_dropped_shows_what_it_would_load_and_loads_it()
    {
        await using var book = await SeededBook.StartAsync(StorageEngine.Sqlite);
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key);
        var page = visit.Page;
        await visit.GoAsync("quotes");
        var before = (await book.Server.GetAsync("/v1/book")).Json["head"]!["number"]!.GetValue<string>();
        var feed = $$"""{"amount": 1.0, "base": "EUR", "date": "{{SeededBook.Day(0)}}", "rates": {"CHF": 0.94, "XAU": 0.00025} }""";
        await page.Locator("#quotes-file").SetInputFilesAsync(
            new FilePayload { Name = "feed.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(feed) });
        await Expect(page.Locator("k-quotes")).ToContainTextAsync("It would load 1 quotes of 1 dates");
        Assert.Equal(before, (await book.Server.GetAsync("/v1/book")).Json["head"]!["number"]!.GetValue<string>());
        await page.Locator("button:has-text('Load them')").First.ClickAsync();
        await Expect(page.Locator("k-quotes")).ToContainTextAsync("Loaded 1 quotes of 1 dates");
        Assert.Contains("CHF", (await book.Server.GetAsync("/v1/quotes?date=" + SeededBook.Day(0))).Body, StringComparison.Ordinal);
        visit.AssertClean();
    }

    [Fact]
    public async Task What_is_copied_as_curl_does_in_a_shell_what_the_form_does()
    {
        var book = await books.OfAsync(StorageEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync("Curl", "EUR");
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key);
        await visit.GoAsync($"move/deposit?wallet={wallet}&amount=3&description=it%27s%20%24HOME");
        await Expect(visit.Page.Locator(".preview")).ToContainTextAsync("+3.00 EUR");
        await visit.Page.Locator("k-form k-curl button").ClickAsync();
        await Expect(visit.Page.Locator("k-form k-curl [role=status]")).ToHaveTextAsync("Copied");
        var command = await visit.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.DoesNotContain(book.Server.Key, command, StringComparison.Ordinal);
        var done = Shell.Try("/bin/sh", null, ["-c", command], new Dictionary<string, string> { ["KOPECK_KEY"] = book.Server.Key });
        Assert.Contains("\"description\":\"it's $HOME\"", done.Output, StringComparison.Ordinal);
        await visit.Page.Locator("k-form button[type=submit]").ClickAsync();
        await Expect(visit.Page.Locator(".done")).ToContainTextAsync("Done before");
        Assert.Equal("3.00", await book.Server.PostedAsync(wallet));
    }
}
