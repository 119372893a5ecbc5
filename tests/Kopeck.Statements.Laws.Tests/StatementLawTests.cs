using System.Globalization;
using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Statements.Laws.Tests.Naive;
using Kopeck.Statements.Laws.Tests.ReadBack;
using Kopeck.Statements.Model;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Laws.Tests;

/// <summary>Random statements of random books against the exported journal alone.</summary>
/// <param name="engine">The database engine.</param>
public abstract class StatementLawTests(StoreEngine engine)
{
    const int Books = 3;
    const int Questions = 25;
    const int Batches = 120;

    // Each of their files is a run of another program: not of every question.
    const int BankQuestions = 5;

    static readonly string[] Formats = ["json", "ndjson", "csv-summary", "xml", "xlsx"];

    [Fact]
    public async Task A_statement_is_what_the_exported_journal_says_in_every_format_that_can_be_read_back()
    {
        var random = new Random(TestSeed.Next());
        var (lines, unquoted, absent, overdrawn, ofBanks) = (0, 0, 0, 0, 0);
        for (var count = 0; count < TestSeed.Times(Books, 200); count++)
        {
            await using var book = await LawBook.CreateAsync(engine);
            new RandomBook(book.Author, random).Write(Batches);
            await book.SaveAsync();
            var journal = await book.ExportAsync();
            var expected = new List<(string File, List<string[]> Rows)>();
            var banks = new List<(string File, string Format, List<string[]> Rows)>();
            for (var place = 0; place < Questions; place++)
            {
                var question = Sought(journal, place) ?? Ask(journal, random);
                var rows = NaiveStatement.Draw(journal, question);
                foreach (var format in Formats)
                {
                    var file = await book.DrawAsync(Request(book, question), format);
                    Assert.True(
                        (file is null) == (rows is null),
                        $"{question}: {(file is null ? "there is no statement" : "there is a statement")}");
                    if (file is not null)
                        expected.Add((await book.KeepAsync(file, $"{place}.{format}"), rows!));
                }

                // One of an empty period among them; a customer without a wallet has no statement there.
                if (banks.Count < BankQuestions * BankRows.Formats.Count
                    && rows?.Exists(row => row[0] == (banks.Count == 0 ? "opening" : "operation")) == true)
                {
                    foreach (var format in BankRows.Formats)
                        banks.Add(
                            (
                                await book.KeepAsync((await book.DrawAsync(Request(book, question), format))!, $"{place}.{format}"), format,
                                rows));
                    ofBanks += rows.Count(row => row[0] == "operation");
                }

                overdrawn += rows?.Count(row => row[15].StartsWith('-')) ?? 0;
                absent += rows is null ? 1 : 0;
                lines += rows?.Count(row => row[0] == "operation") ?? 0;
                unquoted += rows?.Count(IsUnquoted) ?? 0;
            }

            Programs.ReadTables(book.Folder);
            Programs.Validate(book.Folder);
            foreach (var (file, rows) in expected)
                Compare(rows, file);
            foreach (var (file, format, rows) in banks)
                Comparison.AssertSame(BankRows.Held(format, rows), BankRows.Read(format, file), Path.GetFileName(file), isWorkbook: false);
        }

        Console.WriteLine(
            $"{lines} lines, {unquoted} without a quote, {overdrawn} balances below zero, {ofBanks} lines in formats of banks, {absent} statements that there are not");
        Assert.True(lines > 200 && unquoted > 0 && unquoted < lines && overdrawn > 0 && ofBanks > 10);
    }

    static void Compare(List<string[]> expected, string file)
    {
        var isCsv = Path.GetExtension(file) is ".csv" or ".csv-summary";
        var isWorkbook = Path.GetExtension(file) == ".xlsx";
        var rows = expected.ConvertAll(
            row =>
                isCsv
                    ? Array.ConvertAll(row, cell => IsText(row, cell) ? NaiveStatement.Neutral(cell) : cell)
                    : isWorkbook
                    ? InWorkbook(row)
                    : row);
        // A workbook says on its first sheet what is not in the columns of a table.
        if (isWorkbook)
            rows[^1] =
            [
                .. rows[^1].Index()
                    .Select(cell => cell.Index is 2 or 7 ? "" : cell.Index == 6 && cell.Item.Length == 0 ? "(erased)" : cell.Item)
            ];
        var actual = StatementRows.Read(file);
        var notices = actual.FindAll(row => row[0] == "notice");
        actual.RemoveAll(row => row[0] == "notice");
        Comparison.AssertSame(rows, actual, Path.GetFileName(file), isWorkbook);
        var unquoted = expected.Count(IsUnquoted);
        Assert.Equal(unquoted == 0 ? 0 : 1, notices.Count);
        Assert.All(notices, notice => Assert.Contains($": {unquoted}.", notice[9], StringComparison.Ordinal));
    }

    // A workbook's rates have the digits that a spreadsheet keeps; half-even is what Math does.
    static string[] InWorkbook(string[] row)
    {
        const int Digits = 15;
        if (row[13].Replace(".", "", StringComparison.Ordinal).TrimStart('0').Length <= Digits)
            return row;
        var rate = decimal.Parse(row[13], CultureInfo.InvariantCulture);
        Assert.True(rate >= 1);
        return
        [
            .. row[..13], Math.Round(rate, Digits - row[13].IndexOf('.', StringComparison.Ordinal)).ToString(CultureInfo.InvariantCulture),
            .. row[14..]
        ];
    }

    static bool IsUnquoted(string[] row) => row[0] == "operation" && row[16].Length == 0;

    // Names, codes and descriptions; not amounts, which may begin with a minus.
    static bool IsText(string[] row, string cell) =>
        ReferenceEquals(cell, row[6]) || ReferenceEquals(cell, row[7]) || ReferenceEquals(cell, row[9]);

    // What chance may leave out of all the questions: the wallet that was the furthest below zero, and the one with the most entries,
    // whole.
    static Question? Sought(ExportedJournal journal, int place)
    {
        var wallets = journal.Accounts.Where(account => account.Kind == "wallet").Select(account => account.Id).ToHashSet();
        var entries =
            journal.Operations.SelectMany(operation => operation.Entries).Where(entry => wallets.Contains(entry.Account)).ToList();
        long? wallet = place switch
        {
            0 => entries.MinBy(entry => entry.Balance)?.Account,
            1 => entries.CountBy(entry => entry.Account).MaxBy(count => count.Value).Key,
            _ => null,
        };
        return wallet is { } sought ? new Question(sought, null, null, null, null, journal.Operations.Count) : null;
    }

    static Question Ask(ExportedJournal journal, Random random)
    {
        var head = journal.Operations.Count;
        var pin = random.Next(3) == 0 ? head : random.Next(1, head + 1);
        var wallets = journal.Accounts.Where(account => account.Kind == "wallet").ToList();
        var wallet = wallets[random.Next(random.Next(2) == 0 ? wallets.Count : (wallets.Count + 3) / 4)];
        var (since, until) = (Moment(journal, random), Moment(journal, random));
        if (since > until)
            (since, until) = (until, since);
        return random.Next(4) switch
        {
            0 => new Question(null, wallet.Customer, null, since, until, pin),
            1 when UniqueName(journal, wallet.Customer!.Value, pin) is { } name =>
                new Question(null, wallet.Customer, name, since, until, pin),
            _ => new Question(wallet.Id, null, null, since, until, pin),
        };
    }

    /// <summary>The name of a customer at a number, if nobody else was called so then.</summary>
    static string? UniqueName(ExportedJournal journal, long customer, long pin)
    {
        var name = journal.Personal(customer, "name", pin);
        var customers =
            journal.Operations.Where(operation => operation.Kind == "customer_registered").Select(operation => operation.Number);
        return customers.Count(other => journal.Personal(other, "name", pin) == name) == 1 ? name : null;
    }

    static long? Moment(ExportedJournal journal, Random random)
    {
        var at = journal.Operations[random.Next(journal.Operations.Count)].Microseconds;
        return random.Next(8) switch
        {
            0 => null,
            1 => at + 1,
            2 => at - (at % 86_400_000_000L),
            3 => 0,
            4 => 4_000_000_000_000_000L,
            _ => at,
        };
    }

    static StatementRequest Request(LawBook book, Question question) => new(
        book.Author.Book,
        question.Name is { } name
            ? new StatementSubject.OfName(name)
            : question.Wallet is { } wallet
            ? new StatementSubject.OfWallet(wallet)
            : new StatementSubject.OfCustomer(question.Customer!.Value),
        question.Since is { } since ? new Instant(since) : null,
        question.Until is { } until ? new Instant(until) : null,
        PointInTime.Of(question.Pin));
}
