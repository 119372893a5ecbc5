using System.Text;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Tests;

/// <summary>Text that a spreadsheet would take for a formula is a text in every format that spreadsheets read.</summary>
public sealed class FormulaTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("+44 20 7946 0000")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠SUM(A1)")]
    public async Task A_text_that_starts_like_a_formula_gets_an_apostrophe_in_CSV_and_is_a_marked_text_cell_in_XLSX(string text)
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var json = text.Replace("\"", "\\\"", StringComparison.Ordinal);
        var (_, from) = await book.RegisterAsync(json, "DE", "Bonn", "EUR", json.Length < 20 ? json : null);
        var (customer, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        await book.DepositAsync(from, "10", json);
        await book.PostAsync("/v1/transfers", $$"""{"from": "{{from}}", "to": "{{wallet}}", "amount": "1", "description": "{{json}}"}""");
        foreach (var path
            in new[] { $"/v1/wallets/{wallet}/statement", $"/v1/wallets/{from}/statement", $"/v1/customers/{customer}/statement" })
        {
            var csv = (await book.GetAsync(path + "?format=csv")).MustBe(200).Text;
            var fields = Fields(csv);
            Assert.Contains("'" + text, fields);
            // What is left of that kind are numbers.
            Assert.All(
                fields.Where(field => field is ['=' or '+' or '-' or '@', ..]), field => Assert.Matches("^-[0-9]+(\\.[0-9]+)?$", field));
            var cells = Cells.Dump((await book.GetAsync(path + "?format=xlsx")).MustBe(200).Bytes);
            Assert.Contains($" text {text} [quoted]\n", cells, StringComparison.Ordinal);
            Assert.DoesNotContain($" text {text}\n", cells, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a;=1+1")]
    [InlineData("a; -1")]
    public async Task What_another_separator_would_part_is_quoted(string text)
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync("Ann; =2+2", "DE", "Bonn", "EUR");
        await book.DepositAsync(wallet, "10", text);
        var csv = (await book.GetAsync($"/v1/wallets/{wallet}/statement?format=csv-summary")).MustBe(200).Text;
        Assert.Contains($",\"{text}\",", csv, StringComparison.Ordinal);
        Assert.Contains(",\"Ann; =2+2\",", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_formats_keep_the_text_as_it_is()
    {
        await using var book = await TestBook.OpenAsync(StoreEngine.Sqlite);
        var (_, wallet) = await book.RegisterAsync("Ann", "DE", "Bonn", "EUR");
        await book.DepositAsync(wallet, "10", "=1+1");
        foreach (var format in new[] { "json", "ndjson", "xml" })
        {
            var text = (await book.GetAsync($"/v1/wallets/{wallet}/statement?format={format}")).MustBe(200).Text;
            Assert.Contains("=1+1", text, StringComparison.Ordinal);
            Assert.DoesNotContain("'=1+1", text, StringComparison.Ordinal);
        }
    }

    /// <summary>All fields, read as RFC 4180 says.</summary>
    static List<string> Fields(string csv)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var index = 0; index < csv.Length; index++)
        {
            var letter = csv[index];
            if (letter == '"' && isQuoted && index + 1 < csv.Length && csv[index + 1] == '"')
            {
                field.Append('"');
                index++;
            }
            else if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && letter is ',' or '\n' && !isQuoted)
            {
                fields.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
            }
            else
            {
                field.Append(letter);
            }
        }

        return fields;
    }
}
