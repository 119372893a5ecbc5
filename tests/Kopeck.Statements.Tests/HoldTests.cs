using System.Text.Json;
using System.Text.RegularExpressions;
using Kopeck.Statements.Writing;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Tests;

/// <summary>Holds are no movements; captures and reversals are, and each format tells them in its way.</summary>
public sealed class HoldTests
{
    [Fact]
    public async Task Holds_move_no_money_and_captures_and_reversals_are_lines()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (wallet, hold, capture) = await TellAsync(book);
        var json = (await book.GetAsync($"/v1/wallets/{wallet}/statement")).MustBe(200).Json.GetProperty("accounts")[0];
        var lines = json.GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(["deposit", "capture", "reversal"], lines.Select(line => line.GetProperty("kind").GetString()!));
        Assert.Equal(["100.00", "-30.00", "10.00"], lines.Select(line => line.GetProperty("amount").GetString()!));
        Assert.Equal((hold, capture), (lines[1].GetProperty("hold").GetString(), lines[2].GetProperty("reverses").GetString()));
        Assert.Equal(
            ("80.00", "20.00", "60.00"),
            (json.GetProperty("closing").GetString(), json.GetProperty("held").GetString(), json.GetProperty("available").GetString()));
    }

    [Fact]
    public async Task Lists_find_them_on_PostgreSQL_too()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Postgres);
        var (wallet, hold, capture) = await TellAsync(book);
        async Task<IEnumerable<string>> Find(string path) =>
            (await book.GetAsync(path)).MustBe(200).Json.GetProperty("items").EnumerateArray()
                .Select(item => item.GetProperty("kind").GetString()!);
        Assert.Equal(["reversal"], await Find($"/v1/operations?reverses={capture}"));
        Assert.Equal(["reversal"], await Find($"/v1/operations?reverses={capture}&account={wallet}&kind=reversal"));
        Assert.Equal(["capture"], await Find("/v1/operations?reversed=partly"));
        Assert.Empty(await Find("/v1/operations?reversed=fully"));
        Assert.Equal(["deposit", "reversal"], (await Find("/v1/operations?reversed=none")).Order(StringComparer.Ordinal));
        Assert.Equal(["capture"], await Find($"/v1/operations?reversed=partly&account={wallet}"));
        Assert.Equal("20.00", (await book.GetAsync($"/v1/holds/{hold}")).MustBe(200)["remaining"]);
        Assert.Equal("""{"amount":"20.00","currency":"EUR"}""", (await book.GetAsync($"/v1/operations/{capture}")).MustBe(200)["reversible"]);
        Assert.Equal(
            1, (await book.GetAsync($"/v1/holds?account={wallet}&status=open")).MustBe(200).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Every_format_draws_them()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (wallet, _, _) = await TellAsync(book);
        foreach (var writer in StatementFormats.All.Where(writer => writer.Format != "qfx"))
            Assert.NotEmpty((await book.GetAsync($"/v1/wallets/{wallet}/statement?format={writer.Format}")).MustBe(200).Bytes);
    }

    [Fact]
    public async Task Banks_formats_tell_the_available_balance_and_mark_what_was_taken_back()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (wallet, hold, capture) = await TellAsync(book);
        async Task<string> Draw(string format) => (await book.GetAsync($"/v1/wallets/{wallet}/statement?format={format}")).MustBe(200).Text;

        var camt = await Draw("camt053");
        Assert.Matches(new Regex("<Cd>CLAV</Cd>.*?<Amt Ccy=\"EUR\">60.00</Amt>", RegexOptions.Singleline, TimeSpan.FromSeconds(5)), camt);
        Assert.Single(
            Regex.Matches(camt, "<CdtDbtInd>CRDT</CdtDbtInd>\\s*<RvslInd>true</RvslInd>", RegexOptions.None, TimeSpan.FromSeconds(5)));
        var mt940 = await Draw("mt940");
        Assert.Contains("RD10,00NMSC", mt940, StringComparison.Ordinal);
        Assert.Matches(":62F:C[0-9]{6}EUR80,00\r\n:64:C[0-9]{6}EUR60,00\r\n", mt940);
        Assert.Matches("<AVAILBAL>\\s*<BALAMT>60.00", await Draw("ofx"));
        var hledger = await Draw("hledger");
        Assert.Contains($"hold:{hold}", hledger, StringComparison.Ordinal);
        Assert.Contains($"reverses:{capture}", hledger, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_holds_of_the_pin_are_told_where_they_are_asked_for()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (wallet, hold, capture) = await TellAsync(book);
        var drawn = (await book.GetAsync($"/v1/wallets/{wallet}/statement")).MustBe(200).Json;
        var pin = drawn.GetProperty("pin").GetProperty("number").GetString();
        var later = (await book.PostAsync("/v1/holds", $$"""{"from": "{{wallet}}", "amount": "5", "to": "cash"}"""))["id"];
        await book.PostAsync($"/v1/holds/{hold}/release", "{}");
        async Task<Reply> Draw(string query) => (await book.GetAsync($"/v1/wallets/{wallet}/statement?{query}")).MustBe(200);

        var then = (await Draw($"at={pin}&holds=true")).Json.GetProperty("accounts")[0].GetProperty("holds");
        Assert.Equal([hold, "30.00", "20.00"], [.. Texts(then, "id"), .. Texts(then, "captured"), .. Texts(then, "remaining")]);
        var now = (await Draw("holds=true")).Json.GetProperty("accounts")[0].GetProperty("holds");
        Assert.Equal([later, "cash"], [.. Texts(now, "id"), .. Texts(now, "to")]);
        Assert.False((await Draw("at=" + pin)).Json.GetProperty("accounts")[0].TryGetProperty("holds", out _));

        var ndjson = (await Draw($"at={pin}&holds=true&format=ndjson")).Text;
        Assert.Contains($"\"type\":\"hold\",\"id\":\"{hold}\"", ndjson, StringComparison.Ordinal);
        var csv = (await Draw($"at={pin}&holds=true&format=csv")).Text.Split("\r\n");
        Assert.EndsWith(",Refers to,Remaining,Expires (UTC)", csv[0], StringComparison.Ordinal);
        Assert.Matches($"^,,{wallet},EUR,{hold},hold,.*,20\\.00,2026-.*Z$", csv[^2]);
        Assert.All(csv[..^1], row => Assert.Equal(csv[0].Count(mark => mark == ','), row.Count(mark => mark == ',')));
        var summary = (await Draw($"at={pin}&holds=true&format=csv-summary")).Text;
        Assert.Contains("available,", summary, StringComparison.Ordinal);
        Assert.Contains($"\r\nhold,{wallet},EUR,{hold},2026-", summary, StringComparison.Ordinal);
        var xml = (await Draw($"at={pin}&holds=true&format=xml")).Text;
        Assert.Contains("<available>60.00</available>", xml, StringComparison.Ordinal);
        Assert.Contains($"reverses=\"{capture}\"", xml, StringComparison.Ordinal);
        Assert.Matches(
            $"<hold id=\"{hold}\" to=\"[0-9]+\" authorised=\"50.00\" captured=\"30.00\" released=\"0.00\" remaining=\"20.00\" expiresAt=",
            xml);
        GoldenTests.Validate(xml);
        var cells = Cells.Dump((await Draw($"at={pin}&holds=true&format=xlsx")).Bytes);
        Assert.Contains($"# Open holds", cells, StringComparison.Ordinal);
        Assert.Contains($"A2 number {hold}\n", cells, StringComparison.Ordinal);
        Assert.NotEqual((await Draw($"at={pin}&format=pdf")).Bytes.Length, (await Draw($"at={pin}&holds=true&format=pdf")).Bytes.Length);
        foreach (var format in new[] { "camt053", "mt940", "ofx", "1c", "hledger" })
            Assert.Equal((await Draw($"at={pin}&format={format}")).Text, (await Draw($"at={pin}&holds=true&format={format}")).Text);
        Assert.Equal("invalid_query", (await book.GetAsync($"/v1/wallets/{wallet}/statement?holds=maybe")).MustBe(400)["code"]);
    }

    [Fact]
    public async Task Holds_for_the_outside_world_can_be_listed()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (wallet, hold, _) = await TellAsync(book);
        var cash = (await book.PostAsync("/v1/holds", $$"""{"from": "{{wallet}}", "amount": "5", "to": "cash"}"""))["id"];
        async Task<string[]> Find(string query) =>
            Texts((await book.GetAsync($"/v1/holds?{query}")).MustBe(200).Json.GetProperty("items"), "id");

        Assert.Equal([cash], await Find("to=cash"));
        Assert.Equal([cash], await Find($"to=cash&account={wallet}&status=open"));
        Assert.Equal([cash, hold], await Find($"account={wallet}"));
        Assert.Equal("invalid_query", (await book.GetAsync("/v1/holds?to=Cash")).MustBe(400)["code"]);
    }

    [Theory]
    [InlineData("en", "Capture", "Reversal")]
    [InlineData("de", "Einzug", "Storno")]
    [InlineData("ru", "Списание резерва", "Возврат")]
    public async Task Their_kinds_have_a_name_in_every_language(string lang, string capture, string reversal)
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (wallet, _, _) = await TellAsync(book);
        var text = (await book.GetAsync($"/v1/wallets/{wallet}/statement?format=hledger&lang={lang}")).MustBe(200).Text;
        Assert.Contains(capture, text, StringComparison.Ordinal);
        Assert.Contains(reversal, text, StringComparison.Ordinal);
    }

    static string[] Texts(JsonElement items, string member) =>
        [.. items.EnumerateArray().Select(item => item.GetProperty(member).GetString()!)];

    /// <summary>A hold of which a part was captured, a part of that taken back, and 20.00 remain.</summary>
    static async Task<(string Wallet, string Hold, string Capture)> TellAsync(TestBook book)
    {
        var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        var (_, shop) = await book.RegisterAsync("Shop", "DE", "Bonn", "EUR");
        await book.DepositAsync(wallet, "100", "salary");
        var hold = (await book.PostAsync("/v1/holds", $$"""{"from": "{{wallet}}", "amount": "50", "to": "{{shop}}"}"""))["id"];
        var capture = (await book.PostAsync($"/v1/holds/{hold}/capture", """{"amount": "30"}"""))["id"];
        await book.PostAsync($"/v1/operations/{capture}/reverse", """{"amount": "10"}""");
        return (wallet, hold, capture);
    }
}
