using System.Text;
using Kopeck.Statements.Formats.Hledger;

namespace Kopeck.Formats.Tests;

/// <summary>Journals for hledger, judged by hledger.</summary>
public sealed class HledgerTests(DemoBook demo) : IClassFixture<DemoBook>
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
        var file = folder.Write("book.journal", await TestBook.CollectAsync(output => HledgerBook.WriteAsync(store, pinned, output, null, TestContext.Current.CancellationToken)));
        MustPass(file);
        // Each currency sums to zero over the whole book.
        var total = Programs.Hledger(file, "balance", "--depth", "0", "--output-format", "csv");
        Assert.Equal("\"account\",\"balance\"\n\"...\",\"0\"\n\"total\",\"0\"\n", total.Output);
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
            ("account assets:cash:EUR", "; account assets:cash:EUR"),
            ("commodity 1000.000 KWD", "; commodity 1000.000 KWD"),
        })
        {
            Assert.Contains(sound, whole, StringComparison.Ordinal);
            var said = Programs.Hledger(folder.Write("damaged.journal", whole.Replace(sound, damaged, StringComparison.Ordinal)), "check", "--strict");
            Assert.True(said.ExitCode != 0, $"hledger takes a journal with {damaged}");
        }
    }

    static async Task<byte[]> BookAsync(TestBook book)
    {
        var pinned = await book.PinAsync();
        return await TestBook.CollectAsync(output => HledgerBook.WriteAsync(book.Store, pinned, output, null, TestContext.Current.CancellationToken));
    }

    static void MustPass(string file)
    {
        var said = Programs.Hledger(file, "check", "--strict");
        Assert.True(said.ExitCode == 0, said.Output + said.Errors);
    }
}
