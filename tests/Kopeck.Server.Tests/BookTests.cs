using System.Globalization;
using Kopeck.Engine.Verification;
using Kopeck.Sqlite;

namespace Kopeck.Server.Tests;

/// <summary>The terms of a book: for how many days a quote may be used, and whose days count.</summary>
public sealed class BookTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    // Ahead of UTC by 14 hours and behind it by 11: at any moment the days of the two differ, and one of them is not UTC's.
    const string Ahead = "Pacific/Kiritimati";
    const string Behind = "Pacific/Pago_Pago";

    [Fact]
    public async Task A_book_tells_its_terms_and_its_head()
    {
        var key = await server.OpenBookAsync(server.NextName("terms"));
        var book = (await server.GetAsync("/v1/book", key)).MustBe(200);
        Assert.Equal(("EUR", "7", "UTC"), (book["baseCurrency"], book["quoteMaxAgeDays"], book["timeZone"]));
        var first = (await server.GetAsync("/v1/operations/1", key)).MustBe(200);
        var head = book.Json.GetProperty("head");
        Assert.Equal(
            ("1", first["hash"], first["at"]),
            (head.GetProperty("number").GetString(), head.GetProperty("hash").GetString(), head.GetProperty("at").GetString()));
        Assert.Equal(("7", "UTC"), (first["quoteMaxAgeDays"], first["timeZone"]));
        (await server.GetAsync("/v1/book", server.OperatorKey)).MustBe(403, "forbidden");
    }

    [Fact]
    public async Task A_change_is_an_operation_and_what_is_so_already_writes_nothing()
    {
        var key = await server.OpenBookAsync(server.NextName("change"));
        var changed = (await server.SendAsync("PATCH", "/v1/book", """{"quoteMaxAgeDays": 3650}""", key, "one")).MustBe(200);
        Assert.Equal(
            ("3650", "UTC", "2"),
            (changed["quoteMaxAgeDays"], changed["timeZone"], changed.Json.GetProperty("head").GetProperty("number").GetString()));
        var operation = (await server.GetAsync("/v1/operations/2", key)).MustBe(200);
        Assert.Equal(("book_changed", "3650", "UTC"), (operation["kind"], operation["quoteMaxAgeDays"], operation["timeZone"]));
        foreach (var body in new[] { "{}", """{"quoteMaxAgeDays": 3650}""", """{"timeZone": "UTC"}""", """{"quoteMaxAgeDays": 3650, "timeZone": "UTC"}""" })
            Assert.Equal(changed.Text, (await server.SendAsync("PATCH", "/v1/book", body, key)).MustBe(200).Text);
        (await server.SendAsync("PATCH", "/v1/book", $$"""{"timeZone": "{{Ahead}}"}""", key)).MustBe(200);

        // The first answer stays what it was.
        var replay = (await server.SendAsync("PATCH", "/v1/book", """{"quoteMaxAgeDays": 3650}""", key, "one")).MustBe(200);
        Assert.True(replay.IsReplay);
        Assert.Equal(changed.Text, replay.Text);
        var now = (await server.GetAsync("/v1/book", key)).MustBe(200);
        Assert.Equal(("3650", Ahead), (now["quoteMaxAgeDays"], now["timeZone"]));
        Assert.Contains(Ahead, (await server.GetAsync("/v1/books", server.OperatorKey)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_age_of_quotes_counts_for_what_is_decided_after_the_change()
    {
        var seed = await Seed.PlantAsync(server, await server.OpenBookAsync(server.NextName("age")), 0);
        const string Transfer = """{"from": "$wallet", "to": "$pound", "amount": "1"}""";
        (await server.SendAsync("POST", "/v1/transfers", seed.Fill(Transfer), seed.Key)).MustBe(422, "quote_stale");
        Assert.DoesNotContain("GBP", (await server.GetAsync("/v1/quotes", seed.Key)).Text, StringComparison.Ordinal);
        (await server.SendAsync("PATCH", "/v1/book", """{"quoteMaxAgeDays": 3650}""", seed.Key)).MustBe(200);
        (await server.SendAsync("POST", "/v1/transfers", seed.Fill(Transfer), seed.Key)).MustBe(201);
        Assert.Contains("GBP", (await server.GetAsync("/v1/quotes", seed.Key)).Text, StringComparison.Ordinal);
        (await server.SendAsync("PATCH", "/v1/book", """{"quoteMaxAgeDays": 7}""", seed.Key)).MustBe(200);
        (await server.SendAsync("POST", "/v1/transfers", seed.Fill(Transfer), seed.Key)).MustBe(422, "quote_stale");

        // A line is worth what the terms of its moment say.
        var statement = (await server.GetAsync($"/v1/wallets/{seed["pound"]}/statement?format=json", seed.Key)).MustBe(200);
        Assert.Contains("\"worth\":\"1.00\"", statement.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Ahead, 14)]
    [InlineData(Behind, -11)]
    public async Task A_conversion_uses_and_records_the_day_of_the_books_zone(string zone, int hours)
    {
        var seed = await Seed.PlantAsync(server, await server.OpenBookAsync(server.NextName("zone")), 0);
        (await server.SendAsync("PATCH", "/v1/book", $$"""{"timeZone": "{{zone}}"}""", seed.Key)).MustBe(200);
        var today = Day(TimeProvider.System.GetUtcNow().AddHours(hours));
        // The days before it have another quote, and so has the day after it.
        for (var shift = -2; shift <= 2; shift++)
        {
            var day = DateOnly.ParseExact(today, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(shift)
                .ToString("O", CultureInfo.InvariantCulture);
            (await server.SendAsync("PUT", $"/v1/quotes/{day}", $$"""{"USD": "{{shift + 5}}"}""", seed.Key)).MustBe(200);
        }

        const string Transfer = """{"from": "$wallet", "to": "$dollar", "amount": "1"}""";
        var transfer = (await server.SendAsync("POST", "/v1/transfers", seed.Fill(Transfer), seed.Key)).MustBe(201);
        var exchange = transfer.Json.GetProperty("exchange");
        Assert.Equal(
            Day(DateTimeOffset.Parse(transfer["at"], CultureInfo.InvariantCulture).AddHours(hours)),
            exchange.GetProperty("date").GetString());
        Assert.Equal(exchange.GetProperty("date").GetString(), exchange.GetProperty("toQuote").GetProperty("date").GetString());
        Assert.Equal(today, (await server.GetAsync("/v1/quotes", seed.Key)).MustBe(200)["date"]);
        var statement = await server.GetAsync($"/v1/wallets/{seed["wallet"]}/statement?format=json", seed.Key);
        Assert.Contains($"\"timeZone\":\"{zone}\"", statement.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var snapshot = new SqliteLedgerDatabase(server.DatabasePath).OpenForVerification();
        var found = Verifier.Verify(snapshot, server.BookOf(seed.Key)).Finding;
        Assert.True(found is null, found?.ToString());
    }

    [Fact]
    public async Task A_book_is_opened_in_a_zone()
    {
        var name = server.NextName("zoned");
        var made = (await server.SendAsync("POST", "/v1/books", $$"""{"name": "{{name}}", "timeZone": "Asia/Tokyo"}""", server.OperatorKey)).MustBe(201);
        Assert.Equal("Asia/Tokyo", made["timeZone"]);
        Assert.Equal("Asia/Tokyo", (await server.GetAsync("/v1/operations/1", made["key"])).MustBe(200)["timeZone"]);
        (await server.SendAsync("POST", "/v1/books", $$"""{"name": "{{name}}-2", "timeZone": "Asia/Edo"}""", server.OperatorKey)).MustBe(422, "invalid_fields");
    }

    static string Day(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
