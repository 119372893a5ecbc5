using Kopeck.Testing;
using static Microsoft.Playwright.Assertions;

namespace Kopeck.Console.Tests;

/// <summary>Whatever a customer is called and a payment says is text.</summary>
public sealed class TextTests(Chromium chromium)
{
    [Theory]
    [MemberData(nameof(Engines.Of), StorageEngine.Sqlite, MemberType = typeof(Engines))]
    public async Task A_script_in_a_name_a_description_or_metadata_is_text(StorageEngine engine)
    {
        await using var book = await SeededBook.StartAsync(engine);
        var metadata = $$"""{"note": {{SeededBook.Json(SeededBook.Script)}}}""";
        var (customer, wallet) = await book.RegisterAsync(SeededBook.Script, "EUR", "DE", SeededBook.Script, metadata);
        var deposit = SeededBook.Text(
            await book.DoAsync("POST", "/v1/deposits", $$"""{"wallet": "{{wallet}}", "amount": "5", "description": {{SeededBook.Json(SeededBook.Script)}}, "metadata": {{metadata}}}"""), "id");
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key);
        var page = visit.Page;
        foreach (var (place, where) in new[]
        {
            ("customers?q=" + Uri.EscapeDataString("<script"), ".row.customer .name"), ("customers/" + customer, "h1"), ("wallets/" + wallet, ".lead"),
            ("journal", ".row .what"), ("operations/" + deposit, "dd bdi"), ("operations/" + deposit, "pre.json"),
            ($"reports/card?account={wallet}", "td bdi"), ("reports/trial", "td bdi"), ($"move/deposit?wallet={wallet}", "k-picker"), ("", ".row .what"),
        })
        {
            await visit.GoAsync(place);
            if (where == "k-picker")
                await Expect(page.Locator("k-picker input")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("<script>"));
            else
                await Expect(page.Locator("main " + where).Filter(new() { HasText = "<script>window.broken" }).First).ToBeVisibleAsync();
        }

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("<script");
        await Expect(page.Locator("dialog li").Filter(new() { HasText = "<script>window.broken" }).First).ToBeVisibleAsync();
        Assert.False(await page.EvaluateAsync<bool>("() => 'broken' in window"));
        visit.AssertClean();
    }
}
