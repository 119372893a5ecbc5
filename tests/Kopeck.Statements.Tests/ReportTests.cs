using System.Globalization;
using System.Text.Json;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Tests;

/// <summary>The reports of a book, by figures that were worked out by hand.</summary>
public abstract class ReportTests(StoreEngine engine)
{
    [Fact]
    public async Task Positions_have_cost_worth_and_gains_and_nothing_is_lost_by_rounding()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var (_, euro) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        var (_, dollar) = await book.RegisterAsync("Bob", "US", "Boston", "USD");
        await book.DepositAsync(euro, "1000");
        async Task Quote(string day, string rate)
        {
            book.At($"{day}T00:00:00Z");
            await book.DoAsync("PUT", $"/v1/quotes/{day}", $$"""{"USD": "{{rate}}"}""");
        }

        // The house sells 100 dollars for 90.00.
        await Quote("2026-03-02", "0.9");
        await book.PostAsync("/v1/transfers", $$"""{"from": "{{euro}}", "to": "{{dollar}}", "amount": "100", "currency": "USD"}""");
        await AssertAsync(
            book, "", "EUR 90.00 1 90.00 90.00 0.00 0.00", "USD -100.00 0.9 -90.00 -90.00 0.00 0.00", "EUR 0.00 0.00 0.00 0.00");

        // It buys 40 of them back for 40.00, which had brought 36.00.
        await Quote("2026-03-03", "1");
        await book.PostAsync("/v1/transfers", $$"""{"from": "{{dollar}}", "to": "{{euro}}", "amount": "40"}""");
        await AssertAsync(
            book, "", "EUR 50.00 1 50.00 50.00 0.00 0.00", "USD -60.00 1 -60.00 -54.00 -4.00 -6.00", "EUR -10.00 -4.00 -4.00 -6.00");

        // It buys 100 for 110.00: 60 close the position at a loss of 12.00, 40 open one on the other side.
        await Quote("2026-03-04", "1.1");
        await book.DepositAsync(dollar, "100");
        await book.PostAsync("/v1/transfers", $$"""{"from": "{{dollar}}", "to": "{{euro}}", "amount": "100"}""");
        await AssertAsync(
            book, "", "EUR -60.00 1 -60.00 -60.00 0.00 0.00", "USD 40.00 1.1 44.00 44.00 -16.00 0.00", "EUR -16.00 -16.00 -16.00 0.00");

        // Five cents are worth 0.055: the customer gets 0.05, the house has them at 0.06.
        await book.PostAsync("/v1/transfers", $$"""{"from": "{{dollar}}", "to": "{{euro}}", "amount": "0.05"}""");
        await Quote("2026-03-05", "1.2");
        await AssertAsync(
            book, "", "EUR -60.05 1 -60.05 -60.05 0.01 0.00", "USD 40.05 1.2 48.06 44.06 -16.00 4.00", "EUR -11.99 -15.99 -15.99 4.00");
        await AssertAsync(
            book, "?date=2026-03-04", "EUR -60.05 1 -60.05 -60.05 0.01 0.00", "USD 40.05 1.1 44.06 44.06 -16.00 0.00",
            "EUR -15.99 -15.99 -15.99 0.00");

        // Without a quote in force nothing is guessed.
        await AssertAsync(
            book, "?date=2026-03-13", "EUR -60.05 1 -60.05 -60.05 0.01 0.00", "USD 40.05 - - 44.06 -16.00 -", "EUR - -15.99 -15.99 -");
        await AssertAsync(
            book, "?date=0001-01-01", "EUR -60.05 1 -60.05 -60.05 0.01 0.00", "USD 40.05 - - 44.06 -16.00 -", "EUR - -15.99 -15.99 -");
    }

    [Fact]
    public async Task The_trial_balance_has_every_account_as_of_its_moment_and_is_zero_in_each_currency()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var items = new List<string>();
        for (var index = 0; index < 205; index++)
        {
            var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", index % 2 == 0 ? "EUR" : "KWD");
            items.Add(string.Create(CultureInfo.InvariantCulture, $$"""{"kind": "deposit", "wallet": "{{wallet}}", "amount": "{{index + 1}}"}"""));
        }

        var before = (await book.GetAsync("/v1/reports/trial-balance")).MustBe(200);
        Assert.Equal(205, before.Json.GetProperty("rows").GetArrayLength());
        await book.PostAsync("/v1/batches", $$"""{"operations": [{{string.Join(',', items)}}]}""");
        var after = (await book.GetAsync("/v1/reports/trial-balance")).MustBe(200).Json;
        Assert.Equal(207, after.GetProperty("rows").GetArrayLength());
        // 1 + 3 + ... + 205, and 2 + 4 + ... + 204.
        Assert.Equal(
            ["EUR 10609.00 10609.00 0.00", "KWD 10506.000 10506.000 0.000"],
            after.GetProperty("totals").EnumerateArray().Select(total => Cells(total, "currency", "debits", "credits", "balance")));
        Assert.Equal(
            before.Text,
            (await book.GetAsync($"/v1/reports/trial-balance?at={before.Json.GetProperty("pin").GetProperty("number").GetString()}"))
                .MustBe(200).Text);
    }

    [Fact]
    public async Task Turnover_is_by_currency_and_day_in_UTC_within_its_period()
    {
        await using var book = await TestBook.OpenAsync(engine);
        await Story.TellAsync(book);
        async Task<IEnumerable<string>> Rows(string query) =>
            (await book.GetAsync($"/v1/reports/turnover?{query}")).MustBe(200).Json.GetProperty("rows").EnumerateArray()
                .Select(row => Cells(row, "date", "currency", "operations", "turnover"));
        Assert.Equal(["2026-03-02 EUR 2 158.60", "2026-03-02 JPY 2 26000"], await Rows("since=2026-03-02&until=2026-03-03"));
        Assert.Equal(["2026-03-02 EUR 1 6.10", "2026-03-02 JPY 1 1000"], await Rows("since=2026-03-02T12:30:15.000126Z&until=2026-03-03"));
        Assert.Equal(["2026-03-03 EUR 2 101.75", "2026-03-04 KWD 1 0.001"], await Rows("since=2026-03-03"));
        Assert.Empty(await Rows("since=2026-03-05"));
        Assert.Empty(await Rows("until=2026-03-01T08:00:00Z"));
    }

    [Fact]
    public async Task The_reports_of_an_empty_book_are_empty()
    {
        await using var book = await TestBook.OpenAsync(engine);
        foreach (var report in new[] { "trial-balance", "turnover", "exchange" })
        {
            Assert.Equal(0, (await book.GetAsync($"/v1/reports/{report}")).MustBe(200).Json.GetProperty("rows").GetArrayLength());
            (await book.GetAsync($"/v1/reports/{report}?format=csv")).MustBe(200);
            Assert.NotEmpty(Tests.Cells.Dump((await book.GetAsync($"/v1/reports/{report}?format=xlsx")).MustBe(200).Bytes));
        }
    }

    /// <summary>The rows and totals: currency, position, rate, worth, cost, realised and unrealised.</summary>
    static async Task AssertAsync(TestBook book, string query, params string[] expected)
    {
        var json = (await book.GetAsync($"/v1/reports/exchange{query}")).MustBe(200).Json;
        var rows = json.GetProperty("rows").EnumerateArray()
            .Select(row => Cells(row, "currency", "position", "rate", "worth", "cost", "realised", "unrealised"));
        var totals =
            json.GetProperty("totals").EnumerateArray().Select(row => Cells(row, "currency", "worth", "cost", "realised", "unrealised"));
        Assert.Equal<string>(expected, rows.Concat(totals));
    }

    static string Cells(JsonElement row, params string[] columns) =>
        string.Join(
            ' ', columns.Select(column => row.GetProperty(column) is { ValueKind: not JsonValueKind.Null } cell ? cell.ToString() : "-"));
}

public sealed class SqliteReportTests() : ReportTests(StoreEngine.Sqlite);

public sealed class PostgresReportTests() : ReportTests(StoreEngine.Postgres);
