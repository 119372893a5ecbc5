using System.Globalization;
using System.Text.RegularExpressions;
using Kopeck.Statements.Model;

namespace Kopeck.Formats.Tests;

/// <summary>OFX, read by libofx.</summary>
public sealed partial class OfxTests(DemoBook demo)
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
        // Ofxdump shows two decimals, whatever the currency has.
        Assert.Equal(
            [
                "3 2026-03-01 09:00:00 1000.00 Deposit / зарплата, «март»; date:2020-01-01",
                "3 2026-03-02 12:30:15 -152.50 Γιάννης Ζωγράφος / -:rent | :86: {1} =SUM(A1:A9)",
                "3 2026-03-02 23:59:59 6.10 Γιάννης Ζωγράφος / сдача & \"rest\" <b>",
                "3 2026-03-03 00:00:01 -100.50 Withdrawal /",
                "3 2026-03-03 00:00:02 -1.00 fees / Gebühr für März — ½ %",
                "3 2026-03-03 00:00:02 -0.25 fees / Gebühr für März — ½ %",
                "6 2026-03-01 09:00:01 12.35 Deposit /",
                "6 2026-03-04 10:00:00 0.00 Deposit /",
            ],
            Transactions().Matches(said).Select(found =>
                $"{found.Groups["account"].Value} {Time(found)} {found.Groups["amount"].Value} {found.Groups["name"].Value} / {Description(found.Groups["memo"].Value)}".TrimEnd()));
        Assert.Equal(
            ["3 2026-03-04 10:00:00 EUR 751.85", "6 2026-03-04 10:00:00 KWD 12.35"],
            Balances().Matches(said)
                .Select(
                    found =>
                        $"{found.Groups["account"].Value} {Time(found)} {found.Groups["currency"].Value} {found.Groups["amount"].Value}"));
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
        var lines = File.ReadLines(ndjson)
            .Count(
                line =>
                    line.Contains("\"balance\"", StringComparison.Ordinal)
                        && line.Contains("\"at\"", StringComparison.Ordinal)
                        && line.Contains("\"amount\"", StringComparison.Ordinal));
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
        await book.WriteAsync(
            new Ledger.Kinds.RegisterCustomer(Ledger.Fields.CountryCode.Parse("FR"), Testing.Stores.Authoring.Values.Details("Zoé"), null));
        var (bytes, rejection) = await book.TryDrawAsync(format, new StatementSubject.OfCustomer(book.Last));
        Assert.Empty(bytes);
        Assert.Equal(Ledger.Errors.ErrorCode.NotAcceptable, rejection!.Code);
    }

    static string Time(Match found) =>
        DateTime.ParseExact(
            found.Groups["at"].Value, "ddd MMM d HH:mm:ss yyyy 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite)
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    // The facts after a description: the original amount at its rate, and the worth.
    static string Description(string memo) => Facts().Replace(memo, "");

    static string Read(string file)
    {
        var said = Programs.Ofxdump(file);
        var all = said.Output + said.Errors;
        Assert.True(said.ExitCode == 0, all);
        // Libofx says this of the members of ORIGCURRENCY, which it knows and does not use yet.
        Assert.DoesNotContain(
            "LibOFX ERROR", all.Replace("LibOFX ERROR: WRITEME: CUR", "", StringComparison.Ordinal), StringComparison.Ordinal);
        return all;
    }

    static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("""ofx_proc_transaction\(\):\n +Account ID : KOPECK  (?<account>\d+)\n.*\n +Date posted: (?<at>.*)\n +Total money amount: (?<amount>.*)\n(?: {4}(?!Name|Extra).*\n)* +Name of payee or transaction description: (?<name>.*)\n( +Extra transaction information \(memo\): (?<memo>.*)\n)?""", RegexOptions.ExplicitCapture)]
    private static partial Regex Transactions();

    [GeneratedRegex("""ofx_proc_statement\(\):\n +Default Currency: (?<currency>.*)\n +Account ID: KOPECK  (?<account>\d+)\n.*\n.*\n +Ledger balance: (?<amount>.*)\n +Ledger balance date: (?<at>.*)\n""", RegexOptions.ExplicitCapture)]
    private static partial Regex Balances();

    [
        GeneratedRegex(
            "(^|; )([0-9.]+ [A-Z]{3} at [0-9.]+ [A-Z]{3}/[A-Z]{3}(; )?)?(worth -?[0-9.]+ [A-Z]{3})?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Facts();
}
