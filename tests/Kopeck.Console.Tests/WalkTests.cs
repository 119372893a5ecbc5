using Kopeck.Testing;

namespace Kopeck.Console.Tests;

/// <summary>
/// Every screen in both languages, at a phone's width and a wide one, in light and dark. Axe looks for barriers once
/// at each width, once in light and once in dark; in all of them by KOPECK_TEST_SCALE=2.
/// </summary>
public abstract class WalkTests(Chromium chromium, Books books, StorageEngine engine)
{
    const int Wide = 1440, Phone = 380;

    protected async Task WalkAsync(string language, bool isWide, bool isDark, bool withAxe = false)
    {
        var book = await books.OfAsync(engine);
        var looks = new Looks(language, isWide ? Wide : Phone, 900, isDark);
        await using var visit = await Visit.OpenAsync(chromium, book.Server.Url, looks);
        var problems = new List<string>();
        await LookAsync(visit, "sign in", withAxe, problems);
        await visit.SignInAsync(book.Server.Key);
        foreach (var place in Places(book))
        {
            await visit.GoAsync(place);
            await LookAsync(visit, place, withAxe, problems);
        }

        Assert.Empty(problems);
        visit.AssertClean();
    }

    static IEnumerable<string> Places(SeededBook book) =>
    [
        "", "customers", "customers?q=ан", $"customers/{book.Customer}", $"wallets/{book.Euros}", $"wallets/{book.Euros}?at={book.Transfer}",
        "journal", $"journal?kind=transfer&account={book.Euros}", $"operations/{book.Transfer}", "operations/1",
        $"proof?from=1&to=5&steps={book.Transfer}", $"move/deposit?wallet={book.Euros}", "move/withdrawal",
        $"move/transfer?from={book.Euros}&to={book.Yen}&amount=5", "move/posting", "move/hold", $"move/capture?hold={book.OpenHold}",
        $"move/reversal?operation={book.Transfer}", "holds", "holds?tab=expired", $"holds/{book.OpenHold}", "quotes", "reports/trial",
        "reports/turnover", $"reports/card?account={book.Euros}", "reports/postings", "admin/keys", $"admin/accounts?account={book.Euros}",
        "admin/book", "nowhere",
    ];

    static async Task LookAsync(Visit visit, string place, bool withAxe, List<string> problems)
    {
        if (withAxe || TestSeed.Scale > 1)
            problems.AddRange((await Axe.FindAsync(visit.Page)).Select(found => $"{place}: {found}"));
        // Wide things scroll in their own box; the page itself never moves sideways.
        var beyond = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (beyond > 0)
            problems.Add($"{place}: the page is {beyond} pixels too wide");
        if (await visit.Page.EvaluateAsync<bool>("() => 'broken' in window"))
            problems.Add($"{place}: a text became a script");
        var failed = await visit.Page.Locator("main .problem").AllInnerTextsAsync();
        problems.AddRange(failed.Select(text => $"{place}: {text}"));
    }
}

public sealed class SqliteWideWalkTests(Chromium chromium, Books books) : WalkTests(chromium, books, StorageEngine.Sqlite)
{
    [Theory]
    [InlineData("en", false, true)]
    [InlineData("ru", true, false)]
    public Task Every_screen_is_without_errors_reports_foreign_requests_and_findings(string language, bool isDark, bool withAxe) =>
        WalkAsync(language, isWide: true, isDark, withAxe);
}

public sealed class SqlitePhoneWalkTests(Chromium chromium, Books books) : WalkTests(chromium, books, StorageEngine.Sqlite)
{
    [Theory]
    [InlineData("ru", true, true)]
    [InlineData("en", false, false)]
    public Task Every_screen_is_without_errors_reports_foreign_requests_and_findings(string language, bool isDark, bool withAxe) =>
        WalkAsync(language, isWide: false, isDark, withAxe);
}

public sealed class PostgresWalkTests(Chromium chromium, Books books) : WalkTests(chromium, books, StorageEngine.Postgres)
{
    [Fact]
    public Task Every_screen_is_without_errors_reports_foreign_requests_and_findings() => WalkAsync("en", isWide: false, isDark: true);
}
