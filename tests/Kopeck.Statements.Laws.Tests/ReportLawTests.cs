using System.Globalization;
using System.Text.Json;
using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Statements.Laws.Tests.Naive;
using Kopeck.Statements.Laws.Tests.ReadBack;
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
        var (gains, captures, reversals) = (0, 0, 0);
        for (var count = 0; count < TestSeed.Times(Books, 200); count++)
        {
            await using var book = await LawBook.CreateAsync(engine);
            new RandomBook(book.Author, random).Write(Batches);
            await book.SaveAsync();
            var journal = await book.ExportAsync();
            captures += Converted(journal, "capture");
            reversals += Converted(journal, "reversal");
            var expected = new List<(string File, List<string[]> Rows)>();
            for (var place = 0; place < Questions; place++)
            {
                var pin = random.Next(3) == 0 ? journal.Operations.Count : random.Next(1, journal.Operations.Count + 1);
                var (name, request, rows) = Ask(journal, book, random, pin);
                gains +=
                    name == "exchange" && rows.Exists(row => row[0] == "row" && row[7].Any(digit => digit is > '0' and <= '9')) ? 1 : 0;
                // A page is not read back: it is for people.
                foreach (var format in ReportFormats.All.Where(format => format.Format != "pdf"))
                    expected.Add(
                        (await book.KeepAsync(await book.DrawAsync(name, request, format.Format), $"{place}.{format.Extension}"), rows));
            }

            Programs.ReadTables(book.Folder);
            foreach (var (file, rows) in expected)
            {
                // A workbook tells totals by their style.
                var isWorkbook = Path.GetExtension(file) == ".xlsx";
                Comparison.AssertSame(
                    isWorkbook ? rows.ConvertAll(InWorkbook) : Path.GetExtension(file) == ".csv" ? rows.ConvertAll(InCsv) : rows,
                    Read(file), Path.GetFileName(file), isWorkbook);
            }
        }

        Console.WriteLine($"{gains} gains, {captures} captures and {reversals} reversals that convert");
        Assert.True(gains > 0 && captures > 0 && reversals > 0);
    }

    static int Converted(ExportedJournal journal, string kind) =>
        journal.Operations.Count(operation => operation.Kind == kind && operation.Legs.Any(leg => leg.IsConverted));

    static (string Name, ReportRequest Request, List<string[]> Rows) Ask(ExportedJournal journal, LawBook book, Random random, int pin)
    {
        var request = new ReportRequest(book.Author.Book, PointInTime.Of(pin));
        switch (random.Next(3))
        {
            case 0:
                var (from, to) = Period(journal, random, pin);
                var balances = NaiveReports.TrialBalance(journal, from, to, pin);
                // The law itself: what all accounts of a currency hold is nothing, and debits are credits.
                Assert.All(
                    balances.Where(row => row[0] == "total"),
                    row =>
                        Assert.Equal(
                            (0, row[7], row[9], row[11]),
                            (decimal.Parse(row[13], CultureInfo.InvariantCulture), row[8], row[10], row[12])));
                return ("trial-balance", Within(request, from, to), balances);
            case 1:
                var date = random.Next(2) == 0 ? null : journal.Operations[random.Next(journal.Operations.Count)].Date;
                var positions = NaiveReports.Exchange(journal, date ?? journal.Operations[pin - 1].Date, pin);
                // What everything is worth is the whole gain.
                if (positions[^1] is var total && total[5].Length > 0)
                    Assert.Equal(
                        decimal.Parse(total[5], CultureInfo.InvariantCulture),
                        decimal.Parse(total[7], CultureInfo.InvariantCulture) + decimal.Parse(total[8], CultureInfo.InvariantCulture));
                return (
                    "exchange",
                    request with { Date = date is null ? null : DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture) },
                    positions);
            default:
                var (since, until) = Period(journal, random, pin);
                return ("turnover", Within(request, since, until), NaiveReports.Turnover(journal, since, until, pin));
        }
    }

    static (long? Since, long? Until) Period(ExportedJournal journal, Random random, int pin)
    {
        long? since = random.Next(3) == 0 ? null : journal.Operations[random.Next(pin)].Microseconds;
        return (since, random.Next(3) == 0 ? null : Math.Max(since ?? 0, journal.Operations[random.Next(pin)].Microseconds));
    }

    static ReportRequest Within(ReportRequest request, long? since, long? until) =>
        request with { Since = since is { } start ? new Instant(start) : null, Until = until is { } end ? new Instant(end) : null };

    // Names and codes of the trial balance, which a spreadsheet might take for formulas.
    static string[] InCsv(string[] row) =>
        row.Length > 13 ? [.. row[..4], NaiveStatement.Neutral(row[4]), NaiveStatement.Neutral(row[5]), .. row[6..]] : row;

    // A workbook is for people: kinds are in words, and a total says that it is one.
    static string[] InWorkbook(string[] row)
    {
        if (row[0] == "total")
            return [row[1].Length == 0 ? "Total" : $"Total, {row[1]}", .. row[2..]];
        return row.Length > 10
            && row[2] is ['a' or 'w' or 'i' or 'c' or 'e', ..] kind
                ? [row[1], char.ToUpperInvariant(kind[0]) + kind[1..], .. row[3..]]
                : row[1..];
    }

    static List<string[]> Read(string file)
    {
        if (Path.GetExtension(file) == ".json")
        {
            var json = JsonElement.Parse(File.ReadAllText(file));
            return
            [
                .. json.GetProperty("rows").EnumerateArray().Select(row => Cells("row", row)),
                .. json.GetProperty("totals").EnumerateArray().Select(row => Cells("total", row))
            ];
        }

        var read = Programs.Rows(file);
        if (read.ValueKind == JsonValueKind.Array)
            return
            [
                .. read.EnumerateArray().Skip(1).Select(row => row.EnumerateArray().Select(cell => cell.GetString()!).ToArray())
                    .Where(row => row[0] is "row" or "total")
            ];
        var rows = read.EnumerateObject().First().Value.EnumerateArray().Skip(1)
            .Select(row => row.EnumerateArray().Select(cell => cell.GetString()!).ToArray());
        return [.. rows];
    }

    static string[] Cells(string kind, JsonElement row) =>
        [kind, .. row.EnumerateObject().Select(cell => cell.Value.ValueKind == JsonValueKind.Null ? "" : cell.Value.ToString())];
}
