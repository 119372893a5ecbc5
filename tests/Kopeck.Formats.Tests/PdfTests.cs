using System.Globalization;
using System.Text;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Formats.Tests;

/// <summary>PDF, read by poppler.</summary>
public sealed class PdfTests
{
    static readonly Letterhead House = new(default, "Копейка & Söhne, Τράπεζα", ["Kontorsgatan 1, 111 22 Stockholm", "+46 8 000 00 00"]);

    [Fact]
    public async Task A_statement_has_the_golden_text_in_English_and_in_Russian()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        Golden.Compare("statement.pdf.txt", Text(folder, await book.DrawAsync("pdf", story.OfAnna, letterhead: House)));
        Golden.Compare("wallet.ru.pdf.txt", Text(folder, await book.DrawAsync("pdf", story.OfYen, "2026-03-02T20:00:00Z", "2026-03-04", "ru")));
        Golden.Compare("empty.pdf.txt", Text(folder, await book.DrawAsync("pdf", story.OfAnna, "2026-03-05", "2026-03-06")));
    }

    [Fact]
    public async Task Every_row_of_a_long_statement_is_found_and_every_page_has_headings_and_its_number()
    {
        const int Rows = 300;
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var (_, wallet) = await book.RegisterAsync("Ярослав Щегольков", "RU", "Йошкар-Ола", "EUR");
        var words = new[] { "плата", "ενοίκιο", "Überweisung", "loyer", "無", "оченьдлинноесловобезединогопробелакотороенепомещаетсявстолбец" };
        await book.WriteAsync([.. Enumerable.Range(1, Rows).Select(row => new Deposit(wallet, Amount($"{row}.07"), null) { Description = Description.Parse(string.Create(CultureInfo.InvariantCulture, $"row{row} ") + string.Concat(Enumerable.Repeat(words[row % words.Length] + " ", 1 + row % 5)).Trim()) })]);
        var pdf = await book.DrawAsync("pdf", new StatementSubject.OfWallet(wallet), letterhead: House);
        var pages = Text(folder, pdf).Split('\f', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(pages.Length > 8, $"{pages.Length} pages");
        for (var page = 0; page < pages.Length; page++)
        {
            Assert.Contains($"Page {page + 1} of {pages.Length}", pages[page], StringComparison.Ordinal);
            Assert.Contains("Counterparty", pages[page], StringComparison.Ordinal);
        }

        var text = string.Concat(pages);
        for (var row = 1; row <= Rows; row++)
        {
            Assert.Matches($@"\brow{row}\b", text);
            Assert.Matches($@" {row}\.07 ", text);
        }

        Assert.Contains("無", text, StringComparison.Ordinal);
        var said = Programs.Pdftoppm("-r", "40", "-png", folder.File("in.pdf"), folder.File("page"));
        Assert.True(said.ExitCode == 0 && said.Errors.Length == 0, said.Errors);
        Assert.Equal(pages.Length, Directory.GetFiles(folder.Path, "page*.png").Length);
    }

    [Fact]
    public async Task The_times_of_making_are_the_pinned_instant_and_the_document_has_a_title()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        var said = Programs.Pdfinfo("-isodates", folder.Write("in.pdf", await book.DrawAsync("pdf", story.OfAnna, letterhead: House)));
        Assert.Equal("", said.Errors);
        Assert.Matches(@"Title: +Statement: Анна Кузнецова, anna, 2\n", said.Output);
        Assert.Matches(@"Author: +Копейка & Söhne, Τράπεζα\n", said.Output);
        Assert.Matches(@"CreationDate: +2026-03-04T10:00:00(Z|\+00)", said.Output);
        Assert.Matches(@"Encrypted: +no\n", said.Output);
    }

    static string Text(TestFolder folder, byte[] pdf)
    {
        var said = Programs.Pdftotext("-layout", folder.Write("in.pdf", pdf), folder.File("out.txt"));
        Assert.True(said.ExitCode == 0 && said.Errors.Length == 0, said.Errors);
        return File.ReadAllText(folder.File("out.txt"), Encoding.UTF8);
    }
}
