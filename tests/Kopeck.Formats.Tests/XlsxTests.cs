using System.Text;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Formats.Tests;

/// <summary>Workbooks, read by openpyxl and by LibreOffice.</summary>
public sealed class XlsxTests
{
    [Fact]
    public async Task A_statement_has_the_golden_cells_as_openpyxl_and_LibreOffice_read_them()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        var file = folder.Write("statement.xlsx", await book.DrawAsync("xlsx", story.OfAnna));
        Golden.Compare("statement.xlsx.txt", Programs.Openpyxl(file).Output);
        Golden.Compare("statement.xlsx.csv", Programs.LibreOffice(file));
        Golden.Compare(
            "wallet.ru.xlsx.txt",
            Programs.Openpyxl(
                folder.Write("wallet.xlsx", await book.DrawAsync("xlsx", story.OfYen, "2026-03-02T20:00:00Z", "2026-03-04", "ru"))).Output);
    }

    [Fact]
    public async Task No_text_is_a_formula_and_each_is_what_it_was()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var (_, wallet) = await book.RegisterAsync("=1+1", "DE", "Köln", "EUR");
        var texts = new[] { "=1+1", "=HYPERLINK(\"http://x\")", "+1+1", "-1+1", "@SUM(A1)", "'=1+1", "2026-01-02", "007" };
        await book.WriteAsync([.. texts.Select(text => new Deposit(wallet, Amount("1"), null) { Description = Description.Parse(text) })]);
        var file = folder.Write("formulas.xlsx", await book.DrawAsync("xlsx", new StatementSubject.OfWallet(wallet)));
        var cells = Programs.Openpyxl(file).Output;
        Assert.DoesNotContain("FORMULA", cells, StringComparison.Ordinal);
        foreach (var text in texts)
            Assert.Matches($@"\nD[0-9]+ text {System.Text.RegularExpressions.Regex.Escape(text)}{(text[0] is '=' or '+' or '-' or '@' ? @" \[quoted\]" : "")}\n", cells);
        Assert.Contains(
            "\nB2 text =1+1 [quoted]\n", cells[cells.IndexOf("# Summary", StringComparison.Ordinal)..], StringComparison.Ordinal);
        var csv = Programs.LibreOffice(file);
        // A formula would be its result.
        foreach (var text in texts)
            Assert.Contains($",\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\",", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rates_are_numbers_of_15_digits_and_amounts_of_more_are_exact_texts()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var (_, euro) = await book.RegisterAsync("Anna", "DE", "Köln", "EUR");
        var (_, yen) = await book.RegisterAsync("Ken", "JP", "Kyoto", "JPY");
        await book.WriteAsync(
            new LoadQuotes(new DateOnly(2026, 3, 1), [new LoadedQuote("JPY", QuotePair.OfOne(QuoteFigure.Parse("0.0061")))]));
        for (var count = 0; count < 9; count++)
            await book.WriteAsync(new Deposit(euro, Amount("9876543210987.65"), null));
        await book.WriteAsync(new TransferMoney(euro, yen, Amount("25000"), Currency("JPY")));
        await book.WriteAsync(new TransferMoney(yen, euro, Amount("1000"), null));
        var cells = Programs.Openpyxl(folder.Write("rates.xlsx", await book.DrawAsync("xlsx", new StatementSubject.OfWallet(euro)))).Output;
        Assert.Contains("\nI12 number 163.9344262\n", cells, StringComparison.Ordinal);
        Assert.Contains("\nI13 number 0.0061\n", cells, StringComparison.Ordinal);
        Assert.Contains("\nE3 number 9876543210987.65 ", cells, StringComparison.Ordinal);
        Assert.Contains("\nF11 text 88888888898888.85 ", cells, StringComparison.Ordinal);
        Assert.Contains(
            ",163.9344262,EUR/JPY,", Encoding.UTF8.GetString(await book.DrawAsync("csv-summary", new StatementSubject.OfWallet(euro))),
            StringComparison.Ordinal);
    }
}
