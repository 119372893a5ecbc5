using System.Net;
using Kopeck.Testing;
using static Microsoft.Playwright.Assertions;

namespace Kopeck.Console.Tests;

/// <summary>Keys: made with limits, limited anew, given another secret, revoked.</summary>
public sealed class KeysTests(Chromium chromium, Books books)
{
    [Theory]
    [MemberData(nameof(Engines.Of), StorageEngine.Postgres, MemberType = typeof(Engines))]
    public async Task A_key_is_made_limited_rotated_and_revoked(StorageEngine engine)
    {
        var book = await books.OfAsync(engine);
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key, mayFail: true);
        var page = visit.Page;
        await visit.GoAsync("admin/keys");
        await page.Locator("#f-new-key-name").FillAsync("till");
        await page.Locator("#f-new-key-allowedNetworks").FillAsync("127.0.0.0/8, nonsense");
        await page.Locator("#f-new-key-rateLimit").FillAsync("250");
        await page.Locator("#f-new-key-name").PressAsync("Enter");
        await Expect(page.Locator(".field:has(#f-new-key-allowedNetworks) .error")).ToBeVisibleAsync();
        await page.Locator("#f-new-key-allowedNetworks").FillAsync("127.0.0.0/8, ::1");
        await page.Locator("#f-new-key-name").PressAsync("Enter");
        var secret = await page.Locator(".secret code").InnerTextAsync();
        var row = page.Locator("k-admin tbody tr", new() { HasText = "till" });
        await Expect(row).ToContainTextAsync("250 requests a second");
        await Expect(row).ToContainTextAsync("from 127.0.0.0/8, ::1");
        await Expect(row).ToContainTextAsync("never");
        Assert.Equal(HttpStatusCode.OK, await TryAsync(book, secret));

        await row.Locator("a").ClickAsync();
        await visit.SettleAsync();
        var terms = page.Locator(".card.form", new() { HasText = "Change the limits" });
        await Expect(terms.Locator("input[type=number]")).ToHaveValueAsync("250");
        await terms.Locator("input[type=date]").FillAsync("2099-12-31");
        await terms.Locator("input[type=number]").FillAsync("");
        await terms.Locator("button[type=submit]").ClickAsync();
        await Expect(row).ToContainTextAsync("until 31 Dec 2099");
        await Expect(row).Not.ToContainTextAsync("requests a second");
        var keys = (await book.Server.GetAsync("/v1/keys")).Json["items"]!.AsArray();
        var key = keys.Single(each => each!["name"]!.GetValue<string>() == "till")!;
        Assert.Equal("2099-12-31T00:00:00.000000Z", key["expiresAt"]!.GetValue<string>());
        Assert.Equal("127.0.0.0/8,::1", key["allowedNetworks"]!.GetValue<string>());
        Assert.Null(key["rateLimit"]);
        Assert.Empty(await Axe.FindAsync(page));

        var rotation = page.Locator(".card.form", new() { HasText = "Make a new secret" });
        await rotation.Locator("select").SelectOptionAsync("0");
        await rotation.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator(".secret code")).Not.ToHaveTextAsync(secret);
        var another = await page.Locator(".secret code").InnerTextAsync();
        Assert.Equal(HttpStatusCode.OK, await TryAsync(book, another));
        await page.Locator(".secret button:has-text('I have kept it')").ClickAsync();

        await page.Locator("button.danger:has-text('Revoke')").ClickAsync();
        await page.Locator("[role=alert] ~ .actions button.danger").ClickAsync();
        await Expect(row).ToContainTextAsync("Revoked");
        await Expect(row.Locator("a")).ToHaveCountAsync(0);
        visit.AssertClean();
    }

    static async Task<HttpStatusCode> TryAsync(SeededBook book, string key)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var answer = await client.GetAsync(book.Server.Url + "/v1/book", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
