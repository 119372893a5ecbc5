using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Formats.Tests;

/// <summary>PDF, read by poppler.</summary>
public sealed partial class PdfTests
{
    static readonly Letterhead House = new(default, "Копейка & Söhne, Τράπεζα", ["Kontorsgatan 1, 111 22 Stockholm", "+46 8 000 00 00"]);

    [Fact]
    public async Task A_statement_has_the_golden_text_in_English_and_in_Russian()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        Golden.Compare("statement.pdf.txt", Text(folder, await book.DrawAsync("pdf", story.OfAnna, letterhead: House)));
        Golden.Compare(
            "wallet.ru.pdf.txt", Text(folder, await book.DrawAsync("pdf", story.OfYen, "2026-03-02T20:00:00Z", "2026-03-04", "ru")));
        Golden.Compare("empty.pdf.txt", Text(folder, await book.DrawAsync("pdf", story.OfAnna, "2026-03-05", "2026-03-06")));
    }

    [Fact]
    public async Task Every_row_of_a_long_statement_is_found_and_every_page_has_headings_and_its_number()
    {
        const int Rows = 300;
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var (_, wallet) = await book.RegisterAsync("Ярослав Щегольков", "RU", "Йошкар-Ола", "EUR");
        var words =
            new[] { "плата", "ενοίκιο", "Überweisung", "loyer", "無", "оченьдлинноесловобезединогопробелакотороенепомещаетсявстолбец" };
        await book.WriteAsync(
            [
                .. Enumerable.Range(1, Rows).Select(
                    row =>
                        new Deposit(wallet, Amount($"{row}.07"), null)
                        {
                            Description = Description.Parse(
                                string.Create(CultureInfo.InvariantCulture, $"row{row} ")
                                    + string.Concat(Enumerable.Repeat(words[row % words.Length] + " ", 1 + row % 5)).Trim())
                        })]);
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
    }

    [Fact]
    public async Task Each_wallet_begins_with_its_title_and_then_the_headings_wherever_on_a_page()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var (customer, _) = await book.RegisterAsync("Anna", "DE", "Köln", "EUR");
        for (var wallet = 1; wallet < 15; wallet++)
        {
            await book.WriteAsync(new OpenWallet(customer, Currency("EUR"), null));
            var opened = book.Last;
            await book.WriteAsync([.. Enumerable.Range(0, 3 * wallet).Select(_ => new Deposit(opened, Amount("11428.37"), null))]);
        }

        var text = Text(folder, await book.DrawAsync("pdf", new StatementSubject.OfCustomer(customer)));
        var lines = text.Split('\n').Select(line => (Text: line.Trim('\f').Trim(), IsFirst: line.StartsWith('\f')))
            .Where(line => line.Text.Length > 0).ToList();
        var titles =
            lines.Index().Where(line => line.Item.Text.StartsWith("Wallet ", StringComparison.Ordinal)).Select(line => line.Index).ToList();
        Assert.Equal(15, titles.Count);
        Assert.All(titles, title => Assert.StartsWith("Operation ", lines[title + 1].Text, StringComparison.Ordinal));
        Assert.All(titles, title => Assert.DoesNotMatch("^Operation ", lines[title - 1].Text));
        // Some begin a page, below its short head, and some do not.
        Assert.Contains(titles, title => lines[title - 1].IsFirst);
        Assert.Contains(titles, title => lines[title - 1].Text.Contains("Closing balance", StringComparison.Ordinal));
        Assert.Matches(@"Credits +Count: 24 +274,280\.88\n", text);
        Assert.Contains("All wallets: worth of the period's movements: 3,599,936.55 EUR", text, StringComparison.Ordinal);
        Assert.Matches(@"Движение за период по всем кошелькам, итого: 3\s599\s936,55 EUR", Text(folder, await book.DrawAsync("pdf", new StatementSubject.OfCustomer(customer), language: "ru")));
    }

    [Fact]
    public async Task A_customer_without_wallets_gets_a_page_that_says_so()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        await book.WriteAsync(new RegisterCustomer(CountryCode.Parse("FR"), Details("Zoé"), null));
        var customer = new StatementSubject.OfCustomer(book.Last);
        Assert.Contains("The customer has no wallets.", Text(folder, await book.DrawAsync("pdf", customer)), StringComparison.Ordinal);
        Assert.Contains(
            "У клиента нет кошельков.", Text(folder, await book.DrawAsync("pdf", customer, language: "ru")), StringComparison.Ordinal);
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
        MustBeLaidOut(folder);
        return File.ReadAllText(folder.File("out.txt"), Encoding.UTF8);
    }

    /// <summary>
    /// Every page has ink where its table is and none in its margins, and no word lies over another or runs out of the page.
    /// </summary>
    static void MustBeLaidOut(TestFolder folder)
    {
        const double Left = 36, Right = 842 - 36, Top = 34, Foot = 595 - 18, Touch = 0.5;
        var said = Programs.Pdftotext("-bbox", folder.File("in.pdf"), folder.File("words.html"));
        Assert.True(said.ExitCode == 0 && said.Errors.Length == 0, said.Errors);
        var pages = File.ReadAllText(folder.File("words.html"), Encoding.UTF8).Split("<page ")[1..];
        foreach (var page in pages)
        {
            Assert.StartsWith("width=\"842.000000\" height=\"595.000000\"", page, StringComparison.Ordinal);
            var words = Words().Matches(page)
                .Select(
                    word =>
                        (
                            Text: word.Groups["text"].Value, X: Number(word, "left"), Y: Number(word, "top"), ToX: Number(word, "right"),
                            ToY: Number(word, "bottom")))
                .ToList();
            Assert.NotEmpty(words);
            for (var one = 0; one < words.Count; one++)
            {
                var word = words[one];
                Assert.True(
                    word.X >= Left - Touch && word.ToX <= Right + Touch && word.Y >= Top && word.ToY <= Foot, $"{word} is out of the page");
                for (var two = one + 1; two < words.Count; two++)
                {
                    var other = words[two];
                    Assert.False(
                        Math.Min(word.ToX, other.ToX) - Math.Max(word.X, other.X) > Touch
                            && Math.Min(word.ToY, other.ToY) - Math.Max(word.Y, other.Y) > Touch,
                        $"{word} lies over {other}");
                }
            }
        }

        foreach (var old in Directory.GetFiles(folder.Path, "page*.pgm"))
            File.Delete(old);
        said = Programs.Pdftoppm("-r", "36", "-gray", folder.File("in.pdf"), folder.File("page"));
        Assert.True(said.ExitCode == 0 && said.Errors.Length == 0, said.Errors);
        var images = Directory.GetFiles(folder.Path, "page*.pgm");
        Assert.Equal(pages.Length, images.Length);
        Assert.All(images, MustHaveInk);
    }

    /// <summary>A gray picture of half the page's size in points.</summary>
    static void MustHaveInk(string image)
    {
        var bytes = File.ReadAllBytes(image);
        var head = PictureHead().Match(Encoding.Latin1.GetString(bytes, 0, 40));
        var (width, height) = (
            int.Parse(head.Groups["width"].Value, CultureInfo.InvariantCulture),
            int.Parse(head.Groups["height"].Value, CultureInfo.InvariantCulture));
        var (inside, outside) = (0, 0);
        for (var place = 0; place < width * height; place++)
        {
            if (bytes[head.Length + place] > 200)
                continue;
            var (x, y) = (place % width * 2, place / width * 2);
            if (x is < 34 or > 842 - 34 || y is < 34 or > 595 - 16)
                outside++;
            else if (y < 595 - 40)
                inside++;
        }

        Assert.Equal(0, outside);
        Assert.True(inside > 100, $"{image} has {inside} dark dots");
    }

    static double Number(Match word, string group) => double.Parse(word.Groups[group].Value, CultureInfo.InvariantCulture);

    [
        GeneratedRegex(
            "<word xMin=\"(?<left>[0-9.-]+)\" yMin=\"(?<top>[0-9.-]+)\" xMax=\"(?<right>[0-9.-]+)\" yMax=\"(?<bottom>[0-9.-]+)\">(?<text>.*?)</word>",
            RegexOptions.ExplicitCapture)]
    private static partial Regex Words();

    [GeneratedRegex("^P5\\s(?<width>[0-9]+)\\s(?<height>[0-9]+)\\s255\\s", RegexOptions.ExplicitCapture)]
    private static partial Regex PictureHead();
}
