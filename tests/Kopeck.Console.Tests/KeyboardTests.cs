using System.Text.RegularExpressions;
using Kopeck.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kopeck.Console.Tests;

/// <summary>The main jobs by keyboard alone: no click, no focus that a key did not set.</summary>
public sealed class KeyboardTests(Chromium chromium, Books books)
{
    const int MostTabs = 120;

    [Theory]
    [MemberData(nameof(Engines.Of), StorageEngine.Postgres, MemberType = typeof(Engines))]
    public async Task Register_deposit_convert_hold_capture_refund_and_a_statement_are_done_by_keyboard(StorageEngine engine)
    {
        var book = await books.OfAsync(engine);
        // What a slow typist has typed so far may be refused.
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key, mayFail: true);
        var page = visit.Page;
        var name = $"Keyboard {engine}";

        await JumpAsync(page, "Customers", "k-customers");
        await FillAsync(page, "#f-register-name", name);
        await FillAsync(page, "#f-register-country", "PT");
        await FillAsync(page, "#f-register-city", "Lisboa");
        await FillAsync(page, "#f-register-currency", "EUR");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".done a").First).ToHaveTextAsync(name);

        await JumpAsync(page, "Deposit", "k-move");
        await PickAsync(page, "#f-deposit----wallet", name);
        await FillAsync(page, "#f-deposit----amount", "500");
        await Expect(page.Locator(".preview td.in")).ToHaveTextAsync("+500.00 EUR");
        await page.Keyboard.PressAsync("Enter");
        await DoneAsync(page);

        await JumpAsync(page, "Transfer", "k-move");
        await PickAsync(page, "#f-transfer----from", name);
        await PickAsync(page, "#f-transfer----to", "花子");
        await FillAsync(page, "#f-transfer----amount", "1000");
        await FillAsync(page, "#f-transfer----currency", "JPY");
        await Expect(page.Locator(".preview")).ToContainTextAsync("+1,000 JPY");
        await page.Keyboard.PressAsync("Enter");
        var transfer = await DoneAsync(page);

        await JumpAsync(page, "Hold", "k-move", "Move money");
        await PickAsync(page, "#f-hold----from", name);
        await FillAsync(page, "#f-hold----amount", "40");
        await page.Keyboard.PressAsync("Enter");
        var hold = await DoneAsync(page);

        await JumpAsync(page, "Capture", "k-move");
        await FillAsync(page, "#f-capture----hold", hold);
        await FillAsync(page, "#f-capture----amount", "25.5");
        await TabToAsync(page, "#f-capture----to");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("#f-capture----to-list li").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "#f-capture----final");
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Locator(".preview")).ToContainTextAsync("−40.00 EUR");
        await TabToAsync(page, "button[type=submit]");
        await page.Keyboard.PressAsync("Enter");
        await DoneAsync(page);

        await JumpAsync(page, "Reversal", "k-move");
        await FillAsync(page, "#f-reversal----operation", transfer);
        await FillAsync(page, "#f-reversal----reason", "sent back");
        await page.Keyboard.PressAsync("Enter");
        await DoneAsync(page);
        Assert.Equal("fully", (await book.Server.GetAsync("/v1/operations/" + transfer)).Json["reversed"]!.GetValue<string>());

        await JumpAsync(page, name, "k-customer");
        await TabToAsync(page, "k-customer .row.wallet");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "k-files button[type=submit]");
        var statement = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));
        Assert.EndsWith(".pdf", statement.SuggestedFilename, StringComparison.Ordinal);
        await using var bytes = await statement.CreateReadStreamAsync();
        var start = new byte[5];
        await bytes.ReadExactlyAsync(start);
        Assert.Equal("%PDF-"u8.ToArray(), start);
        visit.AssertClean();
    }

    [Fact]
    public async Task The_slider_and_the_letters_move_without_a_mouse()
    {
        var book = await books.OfAsync(StorageEngine.Sqlite);
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key);
        var page = visit.Page;
        await visit.GoAsync("wallets/" + book.Euros);
        await TabToAsync(page, "#slider");
        await page.Keyboard.PressAsync("Home");
        await Expect(page.Locator(".stat").First).ToContainTextAsync("5,000.00 EUR");
        await Expect(page).ToHaveURLAsync(new Regex(@"#/wallets/\d+\?at=\d+$"));
        await page.Keyboard.PressAsync("End");
        await Expect(page).ToHaveURLAsync(new Regex(@"#/wallets/\d+$"));
        await page.Locator("#main").FocusAsync();
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("q");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Quotes");
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("dialog.keys")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog.keys")).ToBeHiddenAsync();
    }

    /// <summary>Through the command palette, down to the first that says both.</summary>
    static async Task JumpAsync(IPage page, string name, string screen, string hint = "")
    {
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync(name);
        var wanted = page.Locator("dialog[open] li").Filter(new() { HasText = name }).Filter(new() { HasText = hint });
        await Expect(wanted.First).ToBeVisibleAsync();
        var selected = page.Locator("dialog[open] li[aria-selected=true]");
        for (var step = 0; step < MostTabs; step++)
        {
            var text = await selected.InnerTextAsync();
            if (text.Contains(name, StringComparison.Ordinal) && text.Contains(hint, StringComparison.Ordinal))
                break;
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await page.Keyboard.PressAsync("Enter");
        await page.Locator(screen).WaitForAsync();
        await Expect(page.Locator("#main")).ToBeFocusedAsync();
    }

    static async Task FillAsync(IPage page, string field, string text)
    {
        await TabToAsync(page, field);
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Chooses the first that a name finds.</summary>
    static async Task PickAsync(IPage page, string field, string name)
    {
        await FillAsync(page, field, name);
        await page.Locator($"{field}-list li:has-text('{name}')").First.WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
    }

    static async Task TabToAsync(IPage page, string selector)
    {
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) === true", selector))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} is not reached by Tab");
    }

    static async Task<string> DoneAsync(IPage page)
    {
        var link = page.Locator(".done a[href^='#/operations/']");
        await link.WaitForAsync();
        return (await link.GetAttributeAsync("href"))!.Split('/')[^1];
    }
}
