using System.Globalization;
using System.Text;
using Kopeck.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kopeck.Console.Tests;

/// <summary>The check in the browser says what <c>kopeck verify</c> says, of right books and of damaged ones.</summary>
public sealed class ProofTests(Chromium chromium, Books books)
{
    const string Wrong = "Wrong at operation ";

    [Theory]
    [MemberData(nameof(Engines.Of), StorageEngine.Sqlite, MemberType = typeof(Engines))]
    public async Task A_right_chain_is_right_and_holds_a_head_that_was_noted(StorageEngine engine)
    {
        var book = await books.OfAsync(engine);
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key);
        var page = visit.Page;
        var verified = Ledgers.Kopeck(book.Place, "verify");
        Assert.Equal(0, verified.ExitCode);
        var head = verified.Output.Split("head ", StringSplitOptions.None)[1].Trim();
        await visit.GoAsync("proof");
        await CheckAsync(page, "1", head.Split(':')[0], head);
        await Expect(page.Locator(".verdict.good")).ToContainTextAsync("Right: operations 1 to");
        await Expect(page.Locator("k-proof")).ToContainTextAsync("It holds the head that you noted");
        await Expect(page.Locator("k-proof .hash").First).ToHaveTextAsync(head);
        await page.Locator("#proof-pick").FillAsync(book.Transfer);
        await page.Locator("#proof-pick").PressAsync("Enter");
        await Expect(page.Locator(".steps li.good")).ToContainTextAsync("It is the hash that the operation carries.");
        await Expect(page.Locator(".steps")).ToContainTextAsync("Append the leaf hash of entry 4");

        await CheckAsync(page, "1", head.Split(':')[0], head[..^1] + (head[^1] == 'a' ? 'b' : 'a'));
        await Expect(page.Locator(".verdict.bad")).ToContainTextAsync("another than the one you noted");
        Assert.NotEqual(0, Ledgers.Kopeck(book.Place, "verify", "--from-head", head[..^1] + (head[^1] == 'a' ? 'b' : 'a')).ExitCode);
        await CheckAsync(page, "7", "3", "");
        await Expect(page.Locator("#proof-range-error")).ToBeVisibleAsync();
        await Expect(page.Locator("#proof-from")).ToBeFocusedAsync();
        visit.AssertClean();
    }

    [Theory]
    [InlineData("\"leaves\":[\"")]
    [InlineData("\"hash\":\"")]
    [InlineData("\"amount\":\"-")]
    [InlineData("\"balance\":\"-")]
    [InlineData("\"account\":\"")]
    public async Task A_byte_that_is_changed_on_the_way_is_found_where_it_is(string mark)
    {
        var book = await books.OfAsync(StorageEngine.Sqlite);
        await using var way = new Way(book.Server.Url);
        await using var visit = await Visit.SignInAsync(chromium, way.Url, book.Server.Key, mayFail: true);
        var page = visit.Page;
        await visit.GoAsync("proof");
        var head = (await book.Server.GetAsync("/v1/book")).Json["head"]!["number"]!.GetValue<string>();
        way.NewTamper = () => new Tamper(["text/event-stream", $"\nid: {book.Transfer}\n", mark]);
        // Connections from before have no tampering.
        way.Cut();
        await Expect(page.Locator(".banner.bad")).ToHaveCountAsync(0);
        await CheckAsync(page, "1", head, "");
        await Expect(page.Locator(".verdict")).ToContainTextAsync($"{Wrong}{book.Transfer}:");
        way.NewTamper = () => null;
        way.Cut();
        await CheckAsync(page, "1", head, "");
        await Expect(page.Locator(".verdict.good")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite, "zeroblob(32)")]
    [InlineData(StorageEngine.Postgres, "decode(repeat('00', 32), 'hex')")]
    public async Task A_damaged_database_is_wrong_for_both_and_at_the_same_operation(StorageEngine engine, string zeros)
    {
        await using var book = await SeededBook.StartAsync(engine);
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key, mayFail: true);
        var page = visit.Page;
        await visit.GoAsync("proof");
        var head = (await book.Server.GetAsync("/v1/book")).Json["head"]!["number"]!.GetValue<string>();
        await CheckAsync(page, "1", head, "");
        await Expect(page.Locator(".verdict.good")).ToBeVisibleAsync();
        Ledgers.Verify(book.Place);
        // From the end to the beginning, so that each is the first that is wrong.
        var transfer = int.Parse(book.Transfer, CultureInfo.InvariantCulture);
        foreach (var (number, change) in new[]
        {
            (transfer + 3, $"hash = {zeros}"), (transfer + 1, $"fingerprint = {zeros}"), (transfer, "body = replace(body, 'rent', 'bent')"),
            (5, "actor = 'someone'"),
        })
        {
            await DamageAsync(book.Place, string.Create(CultureInfo.InvariantCulture, $"UPDATE operations SET {change} WHERE number = {number}"));
            var verified = Ledgers.Kopeck(book.Place, "verify");
            Assert.Equal(1, verified.ExitCode);
            Assert.Matches(string.Create(CultureInfo.InvariantCulture, $@"\b{number}\b"), verified.Output + verified.Errors);
            await CheckAsync(page, "1", head, "");
            await Expect(page.Locator(".verdict.bad")).ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"{Wrong}{number}:"));
        }
    }

    [Fact]
    public async Task An_export_is_checked_with_its_contents_and_any_changed_byte_is_found()
    {
        await using var book = await SeededBook.StartAsync(StorageEngine.Sqlite);
        await using var visit = await Visit.SignInAsync(chromium, book.Server.Url, book.Server.Key);
        var page = visit.Page;
        await visit.GoAsync("proof");
        var export = Ledgers.Kopeck(book.Place, "journal", "export").Output;
        var lines = export.TrimEnd('\n').Split('\n').Where(line => line.StartsWith('{')).ToArray();
        await GiveAsync(page, string.Join('\n', lines));
        await Expect(page.Locator(".verdict.good")).ToContainTextAsync($"Right: {lines.Length} operations of book main");
        await Expect(page.Locator("k-proof")).ToContainTextAsync("The server has the same hash at this number");
        foreach (var (name, changed) in Damages(lines))
        {
            await GiveAsync(page, changed);
            await Expect(page.Locator(".verdict.bad")).ToContainTextAsync("Wrong in line ");
            Assert.False(await page.Locator(".verdict.good").IsVisibleAsync(), name);
        }

        visit.AssertClean();
    }

    static IEnumerable<(string Name, string Text)> Damages(string[] lines)
    {
        string With(int line, Func<string, string> change)
        {
            var changed = change(lines[line]);
            Assert.NotEqual(lines[line], changed);
            return string.Join('\n', lines.Select((text, place) => place == line ? changed : text));
        }

        var deposit = Array.FindIndex(lines, line => line.Contains("\"kind\":\"deposit\"", StringComparison.Ordinal));
        var registered = Array.FindIndex(lines, line => line.Contains("\"personal\":{", StringComparison.Ordinal));
        yield return ("a description", With(deposit, line => line.Replace("salary", "salory", StringComparison.Ordinal)));
        yield return ("an amount", With(deposit, line => line.Replace("\"amountMinor\":\"500000\"", "\"amountMinor\":\"500001\"", StringComparison.Ordinal)));
        yield return ("an actor", With(deposit, line => line.Replace("\"actor\":\"admin\"", "\"actor\":\"adnin\"", StringComparison.Ordinal)));
        yield return ("a moment", With(deposit, line => line.Replace("\"atMicroseconds\":1", "\"atMicroseconds\":2", StringComparison.Ordinal)));
        yield return ("a key", With(deposit, line => line.Replace("\"key\":\"seed", "\"key\":\"sead", StringComparison.Ordinal)));
        yield return (
            "a name", With(registered, line => line.Replace("\"city\":\"Essen\"", "\"city\":\"Esseh\"", StringComparison.Ordinal)));
        // Behind {"secret":".
        yield return ("the secret", With(0, line => line[..11] + (line[11] == '0' ? '1' : '0') + line[12..]));
        yield return ("an operation less", string.Join('\n', lines.Where((_, place) => place != deposit)));
    }

    static Task GiveAsync(IPage page, string text) => page.Locator("#proof-file").SetInputFilesAsync(
        new FilePayload { Name = "main.jsonl", MimeType = "application/jsonl", Buffer = Encoding.UTF8.GetBytes(text) });

    static async Task CheckAsync(IPage page, string from, string to, string noted)
    {
        await page.Locator("#proof-from").FillAsync(from);
        await page.Locator("#proof-to").FillAsync(to);
        await page.Locator("#proof-noted").FillAsync(noted);
        await page.Locator("k-proof button[type=submit]").First.ClickAsync();
        await Expect(page.Locator("k-proof button.primary")).ToHaveTextAsync("Check", new() { Timeout = 30_000 });
    }

    static async Task DamageAsync(ILedgerPlace place, string sql)
    {
        if (place is PostgresPlace postgres)
        {
            await (await PostgresServer.SharedAsync()).ExecuteAsync(sql, postgres.Database);
            return;
        }

        SQLitePCL.Batteries_V2.Init();
        Assert.Equal(SQLitePCL.raw.SQLITE_OK, SQLitePCL.raw.sqlite3_open(((Folder)place).Database, out var database));
        using (database)
        {
            SQLitePCL.raw.sqlite3_busy_timeout(database, 5_000);
            Assert.Equal(SQLitePCL.raw.SQLITE_OK, SQLitePCL.raw.sqlite3_exec(database, sql));
        }
    }
}
