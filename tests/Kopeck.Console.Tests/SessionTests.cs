using Kopeck.Testing;
using static Microsoft.Playwright.Assertions;

namespace Kopeck.Console.Tests;

/// <summary>Keys and connections that come and go.</summary>
public sealed class SessionTests(Chromium chromium, Books books)
{
    [Fact]
    public async Task The_key_is_in_no_address_storage_or_cookie_and_a_reload_forgets_it()
    {
        var book = await books.OfAsync(StorageEngine.Sqlite);
        await using var visit = await Visit.OpenAsync(chromium, book.Server.Url, mayFail: true);
        var page = visit.Page;
        await page.Locator("#key").FillAsync("kopeck_nobody-has-this-key-at-all");
        await page.Locator("#key").PressAsync("Enter");
        await Expect(page.Locator("#key-error")).ToContainTextAsync("This is no valid key");
        await visit.SignInAsync(book.Server.Key);
        foreach (var place in new[] { "wallets/" + book.Euros, "move/deposit", "admin/keys", "journal" })
            await visit.GoAsync(place);
        var kept = await page.EvaluateAsync<string>(
            "async () => JSON.stringify([location.href, document.cookie, { ...localStorage }, { ...sessionStorage }, (await indexedDB.databases()).length, (await caches.keys()).length, history.state, document.documentElement.outerHTML])");
        Assert.DoesNotContain(book.Server.Key, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(book.Server.Key[10..], kept, StringComparison.Ordinal);
        await page.ReloadAsync();
        await page.Locator("#key").WaitForAsync();
        Assert.EndsWith("#/journal", page.Url, StringComparison.Ordinal);
        await visit.SignInAsync(book.Server.Key);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Journal");
        await page.Locator("button:has-text('Sign out')").ClickAsync();
        await page.Locator("#key").WaitForAsync();
    }

    [Theory]
    [MemberData(nameof(Engines.Of), StorageEngine.Postgres, MemberType = typeof(Engines))]
    public async Task A_server_that_goes_and_comes_back_is_waited_for_and_nothing_is_missed(StorageEngine engine)
    {
        await using var book = await SeededBook.StartAsync(engine);
        await using var way = new Way(book.Server.Url);
        await using var visit = await Visit.SignInAsync(chromium, way.Url, book.Server.Key, mayFail: true);
        var page = visit.Page;
        await visit.GoAsync("wallets/" + book.Euros);
        var before = await page.Locator(".stat").First.InnerTextAsync();
        book.Server.Kill();
        way.Cut();
        await Expect(page.Locator(".banner")).ToContainTextAsync("The server does not answer");
        Assert.Equal(before, await page.Locator(".stat").First.InnerTextAsync());
        await using var again = await Server.StartAsync(book.Place);
        Assert.Equal(
            201, (await again.PostAsync("/v1/deposits", $$"""{"wallet": "{{book.Euros}}", "amount": "1000000"}""", "while-away")).Status);
        way.Target = new Uri(again.Url);
        await Expect(page.Locator(".banner")).ToContainTextAsync("The server answers again");
        await Expect(page.Locator(".stat").First).ToContainTextAsync("1,00");
        await Expect(page.Locator(".banner")).ToHaveCountAsync(0);
        visit.AssertClean();
    }

    [Theory]
    [MemberData(nameof(Engines.Of), StorageEngine.Sqlite, MemberType = typeof(Engines))]
    public async Task A_revoked_key_ends_the_session_and_another_goes_on_where_it_was(StorageEngine engine)
    {
        var book = await books.OfAsync(engine);
        var made = await book.DoAsync("POST", "/v1/keys", $$"""{"name": "visitor-{{engine}}", "scopes": ["read"]}""");
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, SeededBook.Text(made, "key"), mayFail: true);
        await visit.GoAsync("wallets/" + book.Euros);
        await book.DoAsync("DELETE", "/v1/keys/" + SeededBook.Text(made, "name"), "{}");
        await Expect(visit.Page.Locator(".notice")).ToContainTextAsync("it was revoked");
        await Expect(visit.Page.Locator("body")).Not.ToContainTextAsync("EUR");
        await visit.SignInAsync(book.Server.Key);
        await Expect(visit.Page.Locator("h1")).ToContainTextAsync("Wallet " + book.Euros);
        visit.AssertClean();
    }

    [Fact]
    public async Task A_session_that_nobody_uses_is_forgotten()
    {
        var book = await books.OfAsync(StorageEngine.Sqlite);
        await using var visit = await Visit.OpenAsync(chromium, book.Server.Url);
        await visit.Page.Clock.InstallAsync();
        await visit.SignInAsync(book.Server.Key);
        await visit.Page.Clock.FastForwardAsync("20:00");
        await visit.Page.Keyboard.PressAsync("Shift");
        await visit.Page.Clock.FastForwardAsync("20:00");
        await Expect(visit.Page.Locator("main h1")).ToHaveTextAsync("Overview");
        await visit.Page.Clock.FastForwardAsync("11:00");
        await Expect(visit.Page.Locator(".notice")).ToContainTextAsync("30 minutes");
    }

    [Fact]
    public async Task A_key_that_may_only_read_is_told_so_by_the_server()
    {
        var book = await books.OfAsync(StorageEngine.Sqlite);
        var made = await book.DoAsync("POST", "/v1/keys", """{"name": "reader", "scopes": ["read"]}""");
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, SeededBook.Text(made, "key"), mayFail: true);
        await visit.GoAsync("admin/keys");
        await Expect(visit.Page.Locator("main .problem")).ToContainTextAsync("forbidden");
        await visit.GoAsync($"move/deposit?wallet={book.Euros}&amount=1");
        await Expect(visit.Page.Locator("k-form .problem")).ToContainTextAsync("forbidden");
        await visit.GoAsync("wallets/" + book.Euros);
        await Expect(visit.Page.Locator(".stat").First).ToContainTextAsync("EUR");
        visit.AssertClean();
    }

    [Fact]
    public async Task An_operator_opens_a_book_and_sees_its_secret_once()
    {
        await using var book = await SeededBook.StartAsync(StorageEngine.Sqlite);
        var key = (await File.ReadAllTextAsync(Path.Combine(book.Place.Keys, "operator.key"))).Trim();
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, key, mayFail: true);
        var page = visit.Page;
        await page.Locator("#f-new-book-name").FillAsync("branch");
        await page.Locator("#f-new-book-name").PressAsync("Enter");
        await Expect(page.Locator(".secret code")).ToContainTextAsync("kopeck_");
        var secret = await page.Locator(".secret code").InnerTextAsync();
        Assert.Empty(await Axe.FindAsync(page));
        await page.Locator(".secret button:has-text('I have kept it')").ClickAsync();
        await Expect(page.Locator("body")).Not.ToContainTextAsync(secret);
        await page.Locator("button:has-text('Sign out')").ClickAsync();
        await visit.SignInAsync(secret);
        await Expect(page.Locator(".headline strong")).ToHaveTextAsync("branch");
        visit.AssertClean();
    }
}
