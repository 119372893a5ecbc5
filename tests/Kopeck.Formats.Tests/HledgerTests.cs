using System.Text;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Statements.Formats.Hledger;
using Kopeck.Statements.Model;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Authoring;

namespace Kopeck.Formats.Tests;

/// <summary>Journals for hledger, judged by hledger.</summary>
public sealed class HledgerTests(DemoBook demo)
{
    [Fact]
    public async Task A_statement_and_the_whole_book_are_the_golden_ones_and_pass_the_strict_check()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        var all = await book.DrawTextAsync("hledger", story.OfAnna);
        Golden.Compare("statement.journal", all);
        MustPass(folder.Write("all.journal", all));
        var one = await book.DrawTextAsync("hledger", story.OfYen, "2026-03-02T20:00:00Z", "2026-03-04", "ru");
        Golden.Compare("wallet.ru.journal", one);
        MustPass(folder.Write("one.journal", one));
        var whole = Encoding.UTF8.GetString(await BookAsync(book));
        Golden.Compare("book.journal", whole);
        MustPass(folder.Write("book.journal", whole));
    }

    [Fact]
    public async Task An_empty_period_is_a_valid_journal()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        MustPass(folder.Write("empty.journal", await book.DrawTextAsync("hledger", story.OfAnna, "2026-03-05", "2026-03-06")));
        MustPass(folder.Write("future.journal", await book.DrawTextAsync("hledger", story.OfAnna, "9999-01-01")));
    }

    [Fact]
    public async Task The_whole_demo_book_passes_the_strict_check_and_sums_to_zero()
    {
        using var folder = new TestFolder();
        await using var store = demo.OpenStore();
        var pinned = await TestBook.PinAsync(store, demo.Name);
        var file = folder.Write(
            "book.journal",
            await TestBook.CollectAsync(
                output => HledgerBook.WriteAsync(store, pinned, null, output, null, TestContext.Current.CancellationToken)));
        MustPass(file);
        // Each currency sums to zero over the whole book.
        var total = Programs.Hledger(file, "balance", "--depth", "0", "--output-format", "csv");
        Assert.Equal("\"account\",\"balance\"\n\"...\",\"0\"\n\"total\",\"0\"\n", total.Output);
    }

    [Fact]
    public void The_program_exports_a_book_as_of_a_moment_to_a_file_or_to_its_output()
    {
        using var folder = new TestFolder();
        var whole = folder.File("whole.journal");
        var said = Export("--output", whole);
        Assert.Equal((0, "", $"{whole} is written\n"), (said.ExitCode, said.Output, said.Errors));
        MustPass(whole);

        var past = folder.File("past.journal");
        Assert.Equal(0, Export("--at", "500", "--output", past).ExitCode);
        MustPass(past);
        var text = File.ReadAllText(past);
        Assert.Contains("drawn at operation 500 ", text, StringComparison.Ordinal);
        Assert.True(text.Length < new FileInfo(whole).Length);
        // On its output are the same bytes, and nothing else on either.
        said = Export("--at", "500");
        Assert.Equal((0, text, ""), (said.ExitCode, said.Output, said.Errors));

        said = Export("--at", "500", "--output", past);
        Assert.Equal(2, said.ExitCode);
        Assert.Contains("--force", said.Errors, StringComparison.Ordinal);
        Assert.Equal(0, Export("--at", "500", "--output", past, "--force").ExitCode);
        Assert.Equal(2, Export("--at", "2999-01-01").ExitCode);
        Assert.NotEqual(0, Shell.Try(Shell.Kopeck, null, "export", "ledger", "--database", demo.Database).ExitCode);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public async Task A_customer_without_wallets_has_a_valid_journal_without_transactions()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        await book.WriteAsync(new RegisterCustomer(CountryCode.Parse("FR"), Values.Details("Zoé"), null));
        var file = folder.Write("none.journal", await book.DrawTextAsync("hledger", new StatementSubject.OfCustomer(book.Last)));
        MustPass(file);
        Assert.Equal("", Programs.Hledger(file, "print").Output);
        Assert.Contains(
            "customer 2 Zoé\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void Statements_of_demo_wallets_pass_the_strict_check()
    {
        using var folder = new TestFolder();
        foreach (var wallet in new[] { "10", "11", "13" })
        {
            var file = folder.File($"{wallet}.journal");
            demo.Draw("hledger", file, "--wallet", wallet);
            MustPass(file);
        }
    }

    [Fact]
    public async Task Hledger_refuses_journals_that_were_damaged()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        await Story.TellAsync(book);
        var whole = Encoding.UTF8.GetString(await BookAsync(book));
        foreach (var (sound, damaged) in new[]
        {
            ("152.50 EUR = -847.50 EUR", "152.50 EUR = -847.49 EUR"),
            ("-25000 JPY = -25000", "-25001 JPY = -25001"),
            ("account assets:cash:EUR\n    ;", ";"),
            ("commodity KWD\n    format 1000.000 KWD", "; commodity KWD"),
        })
        {
            Assert.Contains(sound, whole, StringComparison.Ordinal);
            var said = Programs.Hledger(
                folder.Write("damaged.journal", whole.Replace(sound, damaged, StringComparison.Ordinal)), "check", "--strict");
            Assert.True(said.ExitCode != 0, $"hledger takes a journal with {damaged}");
        }
    }

    ShellResult Export(params string[] arguments) =>
        Shell.Try(Shell.Kopeck, null, ["export", "hledger", "--database", demo.Database, .. arguments]);

    static async Task<byte[]> BookAsync(TestBook book)
    {
        var pinned = await book.PinAsync();
        return await TestBook.CollectAsync(
            output => HledgerBook.WriteAsync(book.Store, pinned, null, output, null, TestContext.Current.CancellationToken));
    }

    static void MustPass(string file)
    {
        var said = Programs.Hledger(file, "check", "--strict");
        Assert.True(said.ExitCode == 0, said.Output + said.Errors);
    }
}
