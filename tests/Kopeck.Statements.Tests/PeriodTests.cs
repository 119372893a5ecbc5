using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Tests;

/// <summary>What a period covers: the start inclusive, the end exclusive, days from midnight to midnight UTC.</summary>
public abstract class PeriodTests(StoreEngine engine)
{
    // The amounts of three deposits; the second is on the first microsecond of a day, the third on its last.
    const string First = "1.00";
    const string Midnight = "2.00";
    const string LastMicrosecond = "4.00";

    [Theory]
    [InlineData("", "0.00", "7.00", First, Midnight, LastMicrosecond)]
    [InlineData("since=2026-03-02", "1.00", "7.00", Midnight, LastMicrosecond)]
    [InlineData("since=2026-03-02T00:00:00Z", "1.00", "7.00", Midnight, LastMicrosecond)]
    [InlineData("since=2026-03-02T00:00:00.000001Z", "3.00", "7.00", LastMicrosecond)]
    [InlineData("since=2026-03-02T03:00:00%2B03:00", "1.00", "7.00", Midnight, LastMicrosecond)]
    [InlineData("until=2026-03-02", "0.00", "1.00", First)]
    [InlineData("until=2026-03-02T00:00:00.000001Z", "0.00", "3.00", First, Midnight)]
    [InlineData("until=2026-03-02T23:59:59.999999Z", "0.00", "3.00", First, Midnight)]
    [InlineData("until=2026-03-03", "0.00", "7.00", First, Midnight, LastMicrosecond)]
    [InlineData("since=2026-03-02&until=2026-03-03", "1.00", "7.00", Midnight, LastMicrosecond)]
    [InlineData("since=2026-03-02&until=2026-03-02", "1.00", "1.00")]
    [InlineData("since=2026-03-02T23:59:59.999999Z&until=2026-03-02T23:59:59.999999Z", "3.00", "3.00")]
    [InlineData("since=0001-01-01&until=9999-12-31", "0.00", "7.00", First, Midnight, LastMicrosecond)]
    [InlineData("since=1970-01-01&until=1970-01-01", "0.00", "0.00")]
    [InlineData("until=0001-01-01", "0.00", "0.00")]
    [InlineData("since=9999-12-31T23:59:59.999999Z", "7.00", "7.00")]
    [InlineData("since=2030-01-01&until=2031-01-01", "7.00", "7.00")]
    public async Task A_period_covers_what_happened_in_it(string period, string opening, string closing, params string[] amounts)
    {
        await using var book = await TestBook.OpenAsync(engine);
        var wallet = await TellAsync(book);
        var json = (await book.GetAsync($"/v1/wallets/{wallet}/statement?{period}")).MustBe(200).Json;
        var account = json.GetProperty("accounts")[0];
        Assert.Equal(opening, account.GetProperty("opening").GetString());
        Assert.Equal(closing, account.GetProperty("closing").GetString());
        Assert.Equal(amounts, account.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("amount").GetString()));
        Assert.Equal(amounts.Length, json.GetProperty("totals").GetProperty("lines").GetInt32());
        Assert.True(
            string.CompareOrdinal(
                json.GetProperty("period").GetProperty("start").GetString(),
                json.GetProperty("period").GetProperty("end").GetString()) <= 0);
    }

    [Fact]
    public async Task An_open_period_ends_where_it_was_drawn_and_a_closed_one_at_its_end()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var wallet = await TellAsync(book);
        async Task<(string Start, string End, bool IsOpen)> Period(string query)
        {
            var period = (await book.GetAsync($"/v1/wallets/{wallet}/statement?{query}")).MustBe(200).Json.GetProperty("period");
            return (
                period.GetProperty("start").GetString()!, period.GetProperty("end").GetString()!, period.GetProperty("open").GetBoolean());
        }

        const string Opened = "2026-03-01T08:00:00.000000Z";
        const string Last = "2026-03-02T23:59:59.999999Z";
        book.At("2026-03-20T00:00:00Z");
        Assert.Equal((Opened, Last, true), await Period(""));
        Assert.Equal((Opened, Last, true), await Period("until=2026-03-10"));
        Assert.Equal((Opened, "2026-03-02T00:00:00.000000Z", false), await Period("until=2026-03-02"));
        Assert.Equal((Opened, "2026-03-02T00:00:00.000000Z", true), await Period("at=2026-03-02"));
        Assert.Equal(("2026-03-02T12:00:00.000000Z", Last, true), await Period("since=2026-03-02T12:00:00Z"));
        Assert.Equal(("2026-03-10T00:00:00.000000Z", "2026-03-10T00:00:00.000000Z", true), await Period("since=2026-03-10"));
    }

    [Fact]
    public async Task What_is_no_period_is_refused_by_name()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var (customer, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        foreach (var path
            in new[]
            {
                $"/v1/wallets/{wallet}/statement?",
                $"/v1/customers/{customer}/statement?",
                "/v1/reports/operations?name=ann&",
                "/v1/reports/turnover?"
            })
        {
            foreach (var bad
                in new[]
                {
                    "2026-02-29",
                    "2026-13-01",
                    "2026-1-1",
                    "20260301",
                    "yesterday",
                    "1700000000",
                    "",
                    "2026-03-01T10:00:00",
                    "2026-03-01T24:00:00Z",
                    "2026-03-01T00:00:00.0000001Z",
                    "10000-01-01"
                })
            {
                (await book.GetAsync($"{path}since={bad}")).MustBe(400, "invalid_query", "since:bad_value");
                (await book.GetAsync($"{path}until={bad}")).MustBe(400, "invalid_query", "until:bad_value");
            }

            (await book.GetAsync($"{path}since=2026-03-02&until=2026-03-01")).MustBe(400, "invalid_query", "until:before_since");
            (await book.GetAsync($"{path}since=2026-03-02T00:00:00.000001Z&until=2026-03-02"))
                .MustBe(400, "invalid_query", "until:before_since");
        }
    }

    [Fact]
    public async Task A_point_to_pin_at_is_one_that_is_past()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var wallet = await TellAsync(book);
        foreach (var path
            in new[] { $"/v1/wallets/{wallet}/statement?", "/v1/reports/trial-balance?", "/v1/reports/exchange?", "/v1/reports/turnover?" })
        {
            (await book.GetAsync(path + "at=0")).MustBe(400, "invalid_query", "at:bad_value");
            (await book.GetAsync(path + "at=-1")).MustBe(400, "invalid_query", "at:bad_value");
            (await book.GetAsync(path + "at=99999999999999999999")).MustBe(400, "invalid_query", "at:bad_value");
            (await book.GetAsync(path + "at=1000000")).MustBe(400, "invalid_query", "at:in_the_future");
            (await book.GetAsync(path + "at=2026-03-03")).MustBe(400, "invalid_query", "at:in_the_future");
            (await book.GetAsync(path + "at=2026-03-01T07:59:59Z")).MustBe(400, "invalid_query", "at:bad_value");
            (await book.GetAsync(path + "at=2026-02-30")).MustBe(400, "invalid_query", "at:bad_value");
        }

        // The wallet was not there yet.
        (await book.GetAsync($"/v1/wallets/{wallet}/statement?at=1")).MustBe(404, "not_found");
        (await book.GetAsync("/v1/reports/trial-balance?at=1")).MustBe(200);
    }

    static async Task<string> TellAsync(TestBook book)
    {
        var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        await book.DepositAsync(wallet, First);
        book.At("2026-03-02T00:00:00Z");
        await book.DepositAsync(wallet, Midnight);
        book.At("2026-03-02T23:59:59.999999Z");
        await book.DepositAsync(wallet, LastMicrosecond);
        return wallet;
    }
}

public sealed class SqlitePeriodTests() : PeriodTests(StoreEngine.Sqlite);

public sealed class PostgresPeriodTests() : PeriodTests(StoreEngine.Postgres);
