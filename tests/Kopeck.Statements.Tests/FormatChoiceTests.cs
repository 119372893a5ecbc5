using System.IO.Compression;
using System.Text;
using Kopeck.Statements.Reports;
using Kopeck.Statements.Writing;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Tests;

/// <summary>How a caller says which format and language it wants, and what the file is called.</summary>
public sealed class FormatChoiceTests
{
    [Fact]
    public async Task Each_format_is_chosen_by_name_or_by_media_type()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        foreach (var writer in StatementFormats.All.Where(writer => writer.Format != "qfx"))
        {
            var byName = (await book.GetAsync($"/v1/wallets/{wallet}/statement?format={writer.Format}")).MustBe(200);
            Assert.Equal(writer.MediaType, byName.Content.ContentType!.ToString());
            // Of formats with one media type the first is meant.
            var first = StatementFormats.All.First(other => other.MediaType.Split(';')[0] == writer.MediaType.Split(';')[0]);
            var byType = (await book.GetAsync($"/v1/wallets/{wallet}/statement", writer.MediaType.Split(';')[0])).MustBe(200);
            Assert.Equal(first.MediaType, byType.Content.ContentType!.ToString());
            Assert.EndsWith("." + first.Extension, byType.Content.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
        }

        foreach (var writer in ReportFormats.All)
        {
            Assert.Equal(
                writer.MediaType,
                (await book.GetAsync($"/v1/reports/turnover?format={writer.Format}")).MustBe(200).Content.ContentType!.ToString());
            Assert.Equal(
                writer.MediaType,
                (await book.GetAsync("/v1/reports/turnover", writer.MediaType.Split(';')[0])).MustBe(200).Content.ContentType!.ToString());
        }
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/*", "text/csv; charset=utf-8")]
    [InlineData("text/csv;q=0.5, application/xml", "application/xml")]
    [InlineData("text/csv;q=0.5, application/xml;q=0.4", "text/csv; charset=utf-8")]
    [
        InlineData(
            "application/*;q=0.9, application/json;q=0, application/x-ndjson;q=0.1, application/xml;q=0.8",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("text/csv;q=2, application/xml;q=0.1", "application/xml")]
    [InlineData("text/csv;q=x, application/xml;q=0.1", "application/xml")]
    [InlineData("text/xml", "application/xml")]
    [InlineData("text/html, image/png, */*;q=0.1", "application/json")]
    public async Task The_media_type_that_is_accepted_best_is_taken(string? accept, string expected)
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        Assert.Equal(
            expected, (await book.GetAsync($"/v1/wallets/{wallet}/statement", accept)).MustBe(200).Content.ContentType!.ToString());
    }

    [Fact]
    public async Task What_is_not_known_is_refused_and_a_named_format_wins_over_what_is_accepted()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (customer, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        foreach (var path
            in new[]
            {
                $"/v1/wallets/{wallet}/statement?",
                $"/v1/customers/{customer}/statement?",
                "/v1/reports/operations?name=ann&",
                "/v1/reports/trial-balance?",
                "/v1/reports/exchange?",
                "/v1/reports/turnover?"
            })
        {
            (await book.GetAsync(path + "format=doc")).MustBe(400, "invalid_query", "format:bad_value");
            (await book.GetAsync(path + "format=CSV")).MustBe(400, "invalid_query", "format:bad_value");
            (await book.GetAsync(path + "lang=xx")).MustBe(400, "invalid_query", "lang:bad_value");
            (await book.GetAsync(path + "format=csv&format=csv")).MustBe(400, "invalid_query", "format:repeated");
            (await book.GetAsync(path + "colour=red")).MustBe(400, "invalid_query", "colour:unknown_parameter");
            (await book.GetAsync(path, "image/png")).MustBe(406, "not_acceptable");
            Assert.Equal(
                "text/csv", (await book.GetAsync(path + "format=csv", "application/xml")).MustBe(200).Content.ContentType!.MediaType);
            Assert.Equal("text/csv", (await book.GetAsync(path + "format=csv", "image/png")).MustBe(200).Content.ContentType!.MediaType);
        }
    }

    [Theory]
    [InlineData("", null, "Row,")]
    [InlineData("", "ru", "Строка,")]
    [InlineData("", "ru-RU, en;q=0.5", "Строка,")]
    [InlineData("", "fr, ru;q=0.3, en;q=0.4", "Row,")]
    [InlineData("", "de-AT, ru;q=0.3, en;q=0.4", "Zeile,")]
    [InlineData("", "fr, ja", "Row,")]
    [InlineData("", "ru;q=0, en;q=0.1", "Row,")]
    [InlineData("", ",;q=,ru;q=x", "Строка,")]
    [InlineData("&lang=ru", "en", "Строка,")]
    [InlineData("&lang=en", "ru", "Row,")]
    public async Task Headings_are_in_the_language_that_was_asked_for(string parameter, string? header, string start)
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        Assert.StartsWith(
            start, (await book.GetAsync($"/v1/wallets/{wallet}/statement?format=csv-summary{parameter}", null, header)).MustBe(200).Text,
            StringComparison.Ordinal);
        Assert.StartsWith(
            start, (await book.GetAsync($"/v1/reports/exchange?format=csv{parameter}", null, header)).MustBe(200).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_called_after_what_it_is_in_ASCII_and_in_the_callers_words()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (customer, wallet) = await book.RegisterAsync("О'Нил: \\\"Wōrd\\\" / 50% *", "IE", "Dublin", "EUR");
        var reply = (await book.GetAsync($"/v1/wallets/{wallet}/statement?format=csv&since=2026-02-01&until=2026-03-01")).MustBe(200);
        var name = reply.Content.ContentDisposition!;
        Assert.Equal("attachment", name.DispositionType);
        Assert.Equal("statement-main-wallet-3-since-2026-02-01-until-2026-03-01-at-3.csv", name.FileName);
        Assert.Equal("Statement О'Нил_ _Wōrd_ _ 50% _ 2 EUR 3 2026-02-01 2026-02-28.csv", name.FileNameStar);
        // RFC 8187, section 3.2: only attr-char stands for itself.
        var encoded = Assert.Single(reply.Content.GetValues("Content-Disposition")).Split("filename*=UTF-8''")[1];
        Assert.Matches("^([A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+$", encoded);

        Assert.Equal(
            "Выписка О'Нил_ _Wōrd_ _ 50% _ 2 2026-03-01 2026-03-01.xml",
            (await book.GetAsync($"/v1/customers/{customer}/statement?format=xml&lang=ru")).Content.ContentDisposition!.FileNameStar);
        Assert.Equal(
            "Trial balance main 2026-03-01 2026-03-01.xlsx",
            (await book.GetAsync("/v1/reports/trial-balance?format=xlsx")).Content.ContentDisposition!.FileNameStar);
    }

    [Fact]
    public async Task A_long_name_gives_a_file_name_that_file_systems_take()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync(string.Concat(Enumerable.Repeat("🍏𐍈", 50)), "DE", "Bonn", "EUR");
        var name =
            (await book.GetAsync($"/v1/wallets/{wallet}/statement?format=ndjson")).MustBe(200).Content.ContentDisposition!.FileNameStar!;
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 160, 255);
        Assert.DoesNotContain('\uFFFD', name);
    }

    [Fact]
    public async Task HEAD_tells_what_GET_would_and_sends_nothing()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        foreach (var path
            in new[] { $"/v1/wallets/{wallet}/statement?format=csv", "/v1/reports/exchange?format=csv", "/v1/wallets/999/statement" })
        {
            var head = await book.GetAsync(path, method: "HEAD");
            var get = await book.GetAsync(path);
            Assert.Equal(get.Status, head.Status);
            Assert.Empty(head.Bytes);
            Assert.Equal(get.Content.ContentType, head.Content.ContentType);
            Assert.Equal(get.Content.ContentDisposition?.ToString(), head.Content.ContentDisposition?.ToString());
        }
    }

    [Fact]
    public async Task A_file_is_not_kept_by_anybody_on_the_way_and_not_guessed_at()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        var reply = (await book.GetAsync($"/v1/wallets/{wallet}/statement")).MustBe(200);
        Assert.True(reply.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("Accept", string.Join(',', reply.Headers.Vary), StringComparison.Ordinal);
        Assert.Contains("Accept-Language", string.Join(',', reply.Headers.Vary), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("br, gzip;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("gzip;q=0.0", false)]
    [InlineData("br, *", false)]
    public async Task Texts_are_packed_for_who_takes_gzip_and_are_the_same_when_they_are_unpacked(string acceptEncoding, bool isPacked)
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        foreach (var format in new[] { "csv", "camt053", "xlsx" })
        {
            var plain = (await book.GetAsync($"/v1/wallets/{wallet}/statement?format={format}")).MustBe(200);
            using var request =
                new HttpRequestMessage(HttpMethod.Get, new Uri(book.Http, $"/v1/wallets/{wallet}/statement?format={format}"));
            request.Headers.TryAddWithoutValidation("Accept-Encoding", acceptEncoding);
            var reply = (await book.SendAsync(request)).MustBe(200);
            Assert.Equal(isPacked && format != "xlsx" ? ["gzip"] : [], reply.Content.ContentEncoding);
            if (reply.Content.ContentEncoding.Count == 0)
            {
                Assert.Equal(plain.Bytes, reply.Bytes);
                continue;
            }

            using var unpacked = new MemoryStream();
            await using (var gzip = new GZipStream(new MemoryStream(reply.Bytes), CompressionMode.Decompress))
                await gzip.CopyToAsync(unpacked, TestContext.Current.CancellationToken);
            Assert.Equal(plain.Bytes, unpacked.ToArray());
        }
    }
}
