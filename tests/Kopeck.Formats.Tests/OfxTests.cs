using Kopeck.Statements.Model;

namespace Kopeck.Formats.Tests;

/// <summary>OFX, read by libofx.</summary>
public sealed class OfxTests(DemoBook demo) : IClassFixture<DemoBook>
{
    [Fact]
    public async Task A_statement_is_the_golden_one_and_libofx_reads_every_line_of_it()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        var ofx = await book.DrawTextAsync("ofx", story.OfAnna);
        Golden.Compare("statement.ofx", ofx);
        var said = Read(folder.Write("statement.ofx", ofx));
        Assert.Equal(8, Count(said, "Financial institution's ID for this transaction:"));
        Assert.Equal(2, Count(said, "Ledger balance:"));
        Assert.Contains("Γιάννης Ζωγράφος", said, StringComparison.Ordinal);
        Assert.Contains("сдача & \"rest\" <b>", said, StringComparison.Ordinal);
        Golden.Compare("wallet.ru.ofx", await book.DrawTextAsync("ofx", story.OfYen, "2026-03-02T20:00:00Z", "2026-03-04", "ru"));
    }

    [Fact]
    public async Task An_empty_period_is_read()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        var said = Read(folder.Write("empty.ofx", await book.DrawTextAsync("ofx", story.OfAnna, "2026-03-05", "2026-03-06")));
        Assert.Equal(0, Count(said, "Financial institution's ID for this transaction:"));
        Assert.Equal(2, Count(said, "Ledger balance:"));
    }

    [Fact]
    public void A_statement_of_a_demo_wallet_is_read()
    {
        using var folder = new TestFolder();
        var (ofx, ndjson) = (folder.File("10.ofx"), folder.File("10.ndjson"));
        demo.Draw("ofx", ofx, "--wallet", "10");
        demo.Draw("ndjson", ndjson, "--wallet", "10");
        var lines = File.ReadLines(ndjson).Count(line => line.Contains("\"balance\"", StringComparison.Ordinal) && line.Contains("\"at\"", StringComparison.Ordinal) && line.Contains("\"amount\"", StringComparison.Ordinal));
        Assert.True(lines > 100);
        Assert.Equal(lines, Count(Read(ofx), "Financial institution's ID for this transaction:"));
    }

    [Theory]
    [InlineData("ofx")]
    [InlineData("camt053")]
    [InlineData("mt940")]
    public async Task A_customer_without_wallets_is_refused(string format)
    {
        await using var book = await TestBook.OpenAsync();
        await book.WriteAsync(new Ledger.Commands.RegisterCustomer(Ledger.Fields.CountryCode.Parse("FR"), Testing.Stores.Authoring.Values.Details("Zoé"), null));
        var (bytes, rejection) = await book.TryDrawAsync(format, new StatementSubject.OfCustomer(book.Last));
        Assert.Empty(bytes);
        Assert.Equal(Ledger.Errors.ErrorCode.NotAcceptable, rejection!.Code);
    }

    static string Read(string file)
    {
        var said = Programs.Ofxdump(file);
        var all = said.Output + said.Errors;
        Assert.True(said.ExitCode == 0, all);
        // Libofx says this of the members of ORIGCURRENCY, which it knows and does not use yet.
        Assert.DoesNotContain("LibOFX ERROR", all.Replace("LibOFX ERROR: WRITEME: CUR", "", StringComparison.Ordinal), StringComparison.Ordinal);
        return all;
    }

    static int Count(string text, string part) => text.Split(part).Length - 1;
}
