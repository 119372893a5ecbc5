using System.Globalization;
using System.Text;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Statements;
using Kopeck.Statements.Formats.Xlsx;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Formats.Tests;

/// <summary>What happens at the limits that the documents name, and at those of what is remembered while reading.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_statement_that_a_sheet_has_no_room_for_goes_on_in_further_sheets()
    {
        const int MaxRows = 30;
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var (_, wallet) = await book.RegisterAsync("Anna", "DE", "Köln", "EUR");
        await book.WriteAsync(
            [
                .. Enumerable.Range(1, 60)
                    .Select(
                        row =>
                            new Deposit(wallet, Amount("1"), null)
                            {
                                Description = Description.Parse(string.Create(CultureInfo.InvariantCulture, $"row{row}"))
                            })]);
        var (file, _) = await new StatementFiles(book.Store, TimeProvider.System, Letterheads.None).DrawAsync(
            new StatementRequest(book.Name, new StatementSubject.OfWallet(wallet)), new XlsxStatements(MaxRows), Language.Default,
            isCounted: false, TestContext.Current.CancellationToken);
        var cells = Programs.Openpyxl(
            folder.Write(
                "long.xlsx",
                await TestBook.CollectAsync(output => file!.WriteAsync(output, TestContext.Current.CancellationToken)))).Output;
        var sheets = cells.Split("# ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Summary", "Statement", "Statement 2", "Statement 3"], sheets.Select(sheet => sheet.Split('\n')[0].Split(" (")[0]));
        Assert.Equal(
            Enumerable.Range(1, 60).Select(row => $"row{row}"),
            cells.Split('\n').Where(line => line.Contains(" text row", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]));
        Assert.All(sheets[1..], sheet => Assert.Contains("\nB1 text Kind [bold]\n", sheet, StringComparison.Ordinal));
        Assert.All(
            cells.Split('\n').Where(line => line.StartsWith('A')),
            line => Assert.True(int.Parse(line.Split(' ')[0][1..], CultureInfo.InvariantCulture) <= MaxRows, line));
        Assert.EndsWith("text Closing balance [bold]", sheets[3].Split('\n').Last(line => line.StartsWith('B')), StringComparison.Ordinal);
        Assert.Equal(1_048_576, Sheet.MaxRows);
    }

    [Fact]
    public async Task Three_entries_fit_on_a_page_of_MT940_whatever_they_say_so_that_its_pages_have_numbers_for_all_lines()
    {
        await using var book = await TestBook.OpenAsync();
        var name = string.Concat(Enumerable.Repeat("Щ", 60));
        var (_, from) = await book.RegisterAsync(name, "RU", "Казань", "EUR");
        var (_, wallet) = await book.RegisterAsync(name, "RU", "Казань", "JPY");
        await book.WriteAsync(
            new LoadQuotes(new DateOnly(2026, 3, 1), [new LoadedQuote("JPY", QuotePair.OfOne(QuoteFigure.Parse("0.00610000000001")))]));
        await book.WriteAsync(new Deposit(from, Amount("9000000000"), null));
        await book.WriteAsync(
            [
                .. Enumerable.Range(0, 30)
                    .Select(
                        _ =>
                            new TransferMoney(from, wallet, Amount("25000000001"), Currency("JPY"))
                            {
                                Description = Description.Parse(string.Concat(Enumerable.Repeat("щё-:", 60)))
                            })]);
        var pages = (await book.DrawTextAsync("mt940", new StatementSubject.OfWallet(wallet)))
            .Split("\r\n-\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(pages[..^1], page => Assert.True(page.Split("\r\n:61:").Length - 1 >= 3, page));
        Assert.True(StatementFormats.Find("mt940")!.MaxLines / 3 <= 99_999);
    }

    [Fact]
    public async Task The_quote_of_an_operation_is_found_below_a_page_of_later_ones()
    {
        await using var book = await TestBook.OpenAsync();
        var (_, wallet) = await book.RegisterAsync("Ken", "JP", "Kyoto", "JPY");
        var day = new DateOnly(2026, 3, 1);
        await book.WriteAsync(new LoadQuotes(day, [new LoadedQuote("JPY", QuotePair.OfOne(QuoteFigure.Parse("0.01")))]));
        await book.WriteAsync(new Deposit(wallet, Amount("1000"), null));
        for (var count = 2; count < 125; count++)
            await book.WriteAsync(
                new LoadQuotes(
                    day,
                    [
                        new LoadedQuote(
                            "JPY", QuotePair.OfOne(QuoteFigure.Parse(string.Create(CultureInfo.InvariantCulture, $"0.{count:D3}"))))]));
        await book.WriteAsync(new Deposit(wallet, Amount("1000"), null));
        var csv = await book.DrawTextAsync("csv-summary", new StatementSubject.OfWallet(wallet));
        Assert.Equal(
            ["10.00", "124.00"],
            csv.Split("\r\n").Where(row => row.StartsWith("operation,", StringComparison.Ordinal)).Select(row => row.Split(',')[16]));
    }

    [Fact]
    public async Task More_counterparties_than_are_remembered_all_have_their_names()
    {
        const int Parties = 12_000;
        await using var book = await TestBook.OpenAsync();
        var (_, wallet) = await book.RegisterAsync("Anna", "DE", "Köln", "EUR");
        var first = book.Last + 1;
        for (var part = 0; part < Parties; part += 1_000)
            await book.WriteAsync(
                [
                    .. Enumerable.Range(part, 1_000)
                        .Select(
                            index =>
                                new OpenInternalAccount(
                                    AccountCode.Parse(string.Create(CultureInfo.InvariantCulture, $"i{index}")), Currency("EUR"), null))]);
        // The first ones again, after they were forgotten.
        for (var part = 0; part < Parties + 1_000; part += 1_000)
        {
            await book.WriteAsync([.. Enumerable.Range(part, 1_000).Select(index => index % Parties).Select(index =>
                new PostLegs([new Leg(first + index, wallet, Amount("1"))])
                {
                    Description = Description.Parse(string.Create(CultureInfo.InvariantCulture, $"i{index}"))
                })]);
        }

        var rows = Encoding.UTF8.GetString(await book.DrawAsync("csv-summary", new StatementSubject.OfWallet(wallet))).Split("\r\n")
            .Where(row => row.StartsWith("operation,", StringComparison.Ordinal)).Select(row => row.Split(',')).ToList();
        Assert.Equal(Parties + 1_000, rows.Count);
        Assert.All(rows, row => Assert.Equal(row[9], row[6]));
    }
}
