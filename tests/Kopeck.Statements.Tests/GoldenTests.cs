using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Schema;
using Kopeck.Statements.Writing;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Tests;

/// <summary>One story in every format, compared with files that people can read; the same on every engine, to the byte.</summary>
public abstract class GoldenTests(StoreEngine engine)
{
    static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true, NewLine = "\n" };

    [Fact]
    public async Task A_statement_of_all_wallets_is_the_golden_one_in_each_format()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var story = await Story.TellAsync(book);
        async Task<Reply> Draw(string query) => (await book.GetAsync($"/v1/customers/{story.Anna}/statement?{query}")).MustBe(200);
        CompareJson("statement.json", (await Draw("format=json")).Text);
        Golden.Compare("statement.ndjson", (await Draw("format=ndjson")).Text);
        Golden.Compare("statement.csv", (await Draw("format=csv")).Text);
        Golden.Compare("statement.summary.csv", (await Draw("format=csv-summary")).Text);
        Golden.Compare("statement.summary.ru.csv", (await Draw("format=csv-summary&lang=ru")).Text);
        Golden.Compare("statement.excel.ru.csv", (await Draw("format=csv-excel&lang=ru")).Text.TrimStart('\uFEFF'));
        var xml = (await Draw("format=xml")).Text;
        Golden.Compare("statement.xml", xml);
        Validate(xml);
        Golden.Compare("statement.xlsx.txt", Cells.Dump((await Draw("format=xlsx")).Bytes));
        Golden.Compare("statement.ru.xlsx.txt", Cells.Dump((await Draw("format=xlsx&lang=ru")).Bytes));
    }

    [Fact]
    public async Task A_statement_of_one_wallet_and_period_is_the_golden_one()
    {
        await using var book = await TestBook.OpenAsync(engine);
        var story = await Story.TellAsync(book);
        var xml = (await book.GetAsync($"/v1/wallets/{story.Yen}/statement?since=2026-03-02&until=2026-03-03&format=xml")).MustBe(200).Text;
        Golden.Compare("wallet.xml", xml);
        Validate(xml);
        Golden.Compare(
            "wallet.csv",
            (await book.GetAsync($"/v1/wallets/{story.Yen}/statement?since=2026-03-02&until=2026-03-03&format=csv")).MustBe(200).Text);
    }

    [Fact]
    public async Task The_reports_of_the_book_are_the_golden_ones()
    {
        await using var book = await TestBook.OpenAsync(engine);
        await Story.TellAsync(book);
        book.At("2026-03-05T00:00:00Z");
        await book.DoAsync("PUT", "/v1/quotes/2026-03-05", """{"JPY": "0.0065"}""");
        foreach (var report in new[] { "trial-balance", "exchange", "turnover" })
        {
            CompareJson($"{report}.json", (await book.GetAsync($"/v1/reports/{report}")).MustBe(200).Text);
            Golden.Compare($"{report}.csv", (await book.GetAsync($"/v1/reports/{report}?format=csv")).MustBe(200).Text);
            Golden.Compare(
                $"{report}.ru.xlsx.txt", Cells.Dump((await book.GetAsync($"/v1/reports/{report}?format=xlsx&lang=ru")).MustBe(200).Bytes));
        }
    }

    /// <summary>The golden file is indented to be read; what is sent is the same in one line.</summary>
    static void CompareJson(string name, string actual)
    {
        var json = JsonNode.Parse(actual)!;
        Golden.Compare(name, json.ToJsonString(Indented) + "\n");
        Assert.Equal(json.ToJsonString(Compact), actual);
    }

    internal static void Validate(string xml)
    {
        var settings = new XmlReaderSettings
        {
            ValidationType = ValidationType.Schema,
            ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings
        };
        settings.Schemas.Add(StatementSchema.Namespace, XmlReader.Create(new MemoryStream(StatementSchema.Read())));
        settings.ValidationEventHandler += (_, problem) => Assert.Fail(problem.Message);
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        while (reader.Read())
            continue;
    }
}

public sealed class SqliteGoldenTests() : GoldenTests(StoreEngine.Sqlite);

public sealed class PostgresGoldenTests() : GoldenTests(StoreEngine.Postgres);
