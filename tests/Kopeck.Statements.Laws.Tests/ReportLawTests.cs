using System.Globalization;
using System.Text.Json;
using Kopeck.Ledger;
using Kopeck.Statements.Laws.Tests.Naive;
using Kopeck.Statements.Laws.Tests.ReadBack;
using Kopeck.Statements.Model;
using Kopeck.Statements.Reports;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Laws.Tests;

/// <summary>Random reports of random books against the exported journal alone.</summary>
/// <param name="engine">The database engine.</param>
public abstract class ReportLawTests(StoreEngine engine)
{
    const int Books = 3;
    const int Questions = 12;
    const int Batches = 120;

    [Fact]
    public async Task A_report_is_what_the_exported_journal_says_in_every_format()
    {
        var random = new Random(TestSeed.Next());
        var gains = 0;
        for (var count = 0; count < TestSeed.Times(Books, 200); count++)
        {
            await using var book = await LawBook.CreateAsync(engine);
            new RandomBook(book.Author, random).Write(Batches);
            await book.SaveAsync();
            var journal = await book.ExportAsync();
            var expected = new List<(string File, List<string[]> Rows)>();
            for (var place = 0; place < Questions; place++)
            {
                var pin = random.Next(3) == 0 ? journal.Operations.Count : random.Next(1, journal.Operations.Count + 1);
                var (name, request, rows) = Ask(journal, book, random, pin);
                gains += name == "exchange" && rows.Exists(row => row[0] == "row" && row[7].Any(digit => digit is > '0' and <= '9')) ? 1 : 0;
                foreach (var format in ReportFormats.All)
                    expected.Add((await book.KeepAsync(await book.DrawAsync(name, request, format.Format), $"{place}.{format.Extension}"), rows));
            }

            Programs.ReadTables(book.Folder);
            foreach (var (file, rows) in expected)
            {
                // A workbook tells totals by their style.
                var isWorkbook = Path.GetExtension(file) == ".xlsx";
                Comparison.AssertSame(isWorkbook ? rows.ConvertAll(row => row[1..]) : rows, Read(file), Path.GetFileName(file), isWorkbook);
            }
        }

        Assert.True(gains > 0);
    }

    static (string Name, ReportRequest Request, List<string[]> Rows) Ask(ExportedJournal journal, LawBook book, Random random, int pin)
    {
        var request = new ReportRequest(book.Author.Book, new PinPoint(pin, null));
        switch (random.Next(3))
        {
            case 0:
                var balances = NaiveReports.TrialBalance(journal, pin);
                // The law itself: what all accounts of a currency hold is nothing.
                Assert.All(balances.Where(row => row[0] == "total"), row => Assert.Equal(0, decimal.Parse(row[8], CultureInfo.InvariantCulture)));
                return ("trial-balance", request, balances);
            case 1:
                var date = random.Next(2) == 0 ? null : journal.Operations[random.Next(journal.Operations.Count)].Date;
                var positions = NaiveReports.Exchange(journal, date ?? journal.Operations[pin - 1].Date, pin);
                // What everything is worth is the whole gain.
                if (positions[^1] is var total && total[5].Length > 0)
                    Assert.Equal(decimal.Parse(total[5], CultureInfo.InvariantCulture), decimal.Parse(total[7], CultureInfo.InvariantCulture) + decimal.Parse(total[8], CultureInfo.InvariantCulture));
                return ("exchange", request with { Date = date is null ? null : DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture) }, positions);
            default:
                long? since = random.Next(3) == 0 ? null : journal.Operations[random.Next(pin)].Microseconds;
                long? until = random.Next(3) == 0 ? null : Math.Max(since ?? 0, journal.Operations[random.Next(pin)].Microseconds);
                return ("turnover", request with { Since = since is { } start ? new Instant(start) : null, Until = until is { } end ? new Instant(end) : null }, NaiveReports.Turnover(journal, since, until, pin));
        }
    }

    static List<string[]> Read(string file)
    {
        if (Path.GetExtension(file) == ".json")
        {
            var json = JsonElement.Parse(File.ReadAllText(file));
            return [.. json.GetProperty("rows").EnumerateArray().Select(row => Cells("row", row)), .. json.GetProperty("totals").EnumerateArray().Select(row => Cells("total", row))];
        }

        var read = Programs.Rows(file);
        if (read.ValueKind == JsonValueKind.Array)
            return [.. read.EnumerateArray().Skip(1).Select(row => row.EnumerateArray().Select(cell => cell.GetString()!).ToArray()).Where(row => row[0] is "row" or "total")];
        var rows = read.EnumerateObject().First().Value.EnumerateArray().Skip(1).Select(row => row.EnumerateArray().Select(cell => cell.GetString()!).ToArray());
        return [.. rows];
    }

    static string[] Cells(string kind, JsonElement row) => [kind, .. row.EnumerateObject().Select(cell => cell.Value.ValueKind == JsonValueKind.Null ? "" : cell.Value.ToString())];
}
