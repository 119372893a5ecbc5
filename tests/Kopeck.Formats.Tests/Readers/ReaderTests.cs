using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using static Kopeck.Formats.Tests.Readers.Months;

namespace Kopeck.Formats.Tests.Readers;

/// <summary>What programs and libraries that people use find in our files: days, signs, amounts and balances.</summary>
public sealed partial class ReaderTests
{
    static readonly string[] TwoMonths = ["march", "april"];

    [Theory]
    [InlineData("ofx", "ofx-js")]
    [InlineData("ofx", "node-ofx-parser")]
    [InlineData("ofx1", "ofx-js")]
    [InlineData("ofx1", "node-ofx-parser")]
    [InlineData("mt940", "mt940-js")]
    [InlineData("mt940", "mt940js")]
    [InlineData("mt940-subfields", "mt940-js")]
    [InlineData("mt940-subfields", "mt940js")]
    [InlineData("camt053", "iso20022.js")]
    [InlineData("camt053", "camt-parser")]
    [InlineData("camt053-02", "iso20022.js")]
    [InlineData("camt053-02", "camt-parser")]
    public async Task Libraries_of_npm_find_every_movement_and_the_last_days_balance(string format, string library)
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var file = folder.Write("month." + format, await book.DrawAsync(format, await TellAsync(book), First, Second, letterhead: House));
        Assert.Equal([.. Movements, Closing], OtherReaders.ByNpm(library, file));
    }

    [Fact]
    public async Task Pythons_ofxparse_finds_every_movement_of_OFX_1_with_letters_of_any_alphabet()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var file = folder.Write("month.ofx", await book.DrawAsync("ofx1", await TellAsync(book), First, Second, letterhead: House));
        Assert.Equal([.. Movements, Closing], OtherReaders.ByPython("python3-ofxparse", "ofxparse", file));
    }

    [Theory]
    [InlineData("ofx")]
    [InlineData("ofx1")]
    [InlineData("qfx")]
    public async Task GnuCashs_importer_brings_every_movement_once_and_reconciles_to_the_balance_of_the_last_day(string format)
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var subject = await TellAsync(book);
        var march = folder.Write("march." + format, await book.DrawAsync(format, subject, First, Second, letterhead: House));
        var april = folder.Write("april." + format, await book.DrawAsync(format, subject, Second, Third, letterhead: House));
        // What it already has it knows by the lines' ids.
        var lines = OtherReaders.ByGnuCash(folder, $"931152  {Iban}", "EUR", march, april, march);
        Assert.Equal(
            [
                "20260301 1000.00 Deposit", "20260315 -12.34 Σοφία Παπαδοπούλου", "20260331 -100.50 Withdrawal", $"{Closing} ending balance",
                "20260401 0.01 Σοφία Παπαδοπούλου", "20260430 -50.00 Withdrawal", $"{Later[2]} ending balance",
                $"While importing transactions from OFX file '{march}' found 3 previously imported transactions, no new transactions.",
            ],
            lines);
    }

    [Fact]
    public async Task Beancounts_importer_finds_every_movement_and_its_check_agrees_with_the_balance_declared()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var subject = await TellAsync(book);
        var lines = new List<string>();
        foreach (var (since, until) in new[] { (First, Second), (Second, Third) })
            lines.AddRange(
                OtherReaders.ByPython(
                    "python3-beancount", "beancount",
                    folder.Write(since + ".ofx", await book.DrawAsync("ofx", subject, since, until, letterhead: House)), Iban));
        // Beancount asserts a balance in the morning of the day after it.
        Assert.Equal([.. Movements, "20260401 887.16", .. Later.Take(2), "20260501 837.17"], lines);
        var journal = new StringBuilder("2026-01-01 open Assets:Wallet EUR\n2026-01-01 open Equity:Other EUR\n");
        foreach (var (line, place) in lines.Select((line, place) => (line.Split(' '), place)))
        {
            var day = $"{line[0][..4]}-{line[0][4..6]}-{line[0][6..]}";
            journal.Append(
                place is 3 or 6
                    ? $"{day} balance Assets:Wallet {line[1]} EUR\n"
                    : $"{day} * \"line\"\n  Assets:Wallet {line[1]} EUR\n  Equity:Other\n");
        }

        var said = OtherReaders.Program("beancount", "bean-check", folder.Write("all.beancount", journal.ToString()));
        Assert.True(said.ExitCode == 0, said.Output + said.Errors);
    }

    [Fact]
    public async Task Two_months_for_hledger_are_one_journal_that_passes_its_strict_check_and_ledgers()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var subject = await TellAsync(book);
        folder.Write("march.journal", await book.DrawAsync("hledger", subject, First, Second));
        folder.Write("april.journal", await book.DrawAsync("hledger", subject, Second, Third));
        var year = folder.Write("year.journal", "include march.journal\ninclude april.journal\n");
        var said = Programs.Hledger(year, "check", "--strict");
        Assert.True(said.ExitCode == 0, said.Output + said.Errors);
        Assert.Contains("837.17 EUR  assets:wallets:3\n", Programs.Hledger(year, "balance", "assets").Output, StringComparison.Ordinal);
        // One after the other in one file, and each alone.
        var whole = folder.Write(
            "whole.journal", string.Concat(TwoMonths.Select(month => File.ReadAllText(folder.File(month + ".journal")) + "\n")));
        foreach (var file in new[] { whole, folder.File("march.journal"), folder.File("april.journal") })
            Assert.Equal(0, Programs.Hledger(file, "check", "--strict").ExitCode);
        Assert.Contains(
            "837.17 EUR  assets:wallets:3\n", Programs.Hledger(folder.File("april.journal"), "balance", "assets").Output,
            StringComparison.Ordinal);
        said = OtherReaders.Program("ledger", "ledger", "--strict", "-f", year, "balance", "assets");
        Assert.Equal((0, ""), (said.ExitCode, said.Errors));
        Assert.Contains("837.17 EUR  assets:wallets:3", said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ofx", "ofx", "default")]
    [InlineData("ofx1", "ofx", "default")]
    [InlineData("camt053", "xml", "camt_053_001_04")]
    [InlineData("camt053-02", "xml", "camt_053_001_04")]
    [InlineData("mt940", "swift", "SWIFT-MT940")]
    [InlineData("mt940-subfields", "swift", "SWIFT-MT940")]
    public async Task AqBankings_importers_find_every_movement(string format, string importer, string profile)
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var xml = await book.DrawTextAsync(format, await TellAsync(book), First, Second, letterhead: House);
        // Its profile is of version 4, which is the same in all that it reads.
        var fourth = Regex.Replace(xml, @"camt\.053\.001\.0[28]", "camt.053.001.04", RegexOptions.None, TimeSpan.FromSeconds(1));
        var file = folder.Write("month." + format, fourth);
        var context = folder.File("context");
        var said = Programs.Aqbanking(
            "-D", folder.File("settings"), "import", $"--importer={importer}", $"--profile={profile}", "-f", file, "-c", context);
        Assert.True(said.ExitCode == 0, said.Output + said.Errors);
        var text = await File.ReadAllTextAsync(context, TestContext.Current.CancellationToken);
        Assert.Equal(Movements, Transactions().Matches(text).Select(line => $"{line.Groups["date"].Value} {Money(line)}"));
        if (format == "mt940-subfields")
            Assert.Contains("remoteName=\"Sofia Papadopoulou\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pandas_reads_both_tables_as_it_does_unasked()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var subject = await TellAsync(book);
        IEnumerable<string> Plain(IEnumerable<string> lines) => lines.Select(line => line.Replace("-", "", StringComparison.Ordinal));
        var expected = Movements.Select(line => line.Replace("-", "", StringComparison.Ordinal));
        Assert.Equal(
            expected,
            Plain(
                OtherReaders.ByPython(
                    "python3-pandas", "pandas", folder.Write("plain.csv", await book.DrawAsync("csv", subject, First, Second)))));
        Assert.Equal(
            expected,
            Plain(
                OtherReaders.ByPython(
                    "python3-pandas", "pandas", folder.Write("people.csv", await book.DrawAsync("csv-excel", subject, First, Second)))));
        var russian = folder.Write("russian.csv", await book.DrawAsync("csv-excel", subject, First, Second, "ru"));
        Assert.Equal("01.03.2026 1000.00", OtherReaders.ByPython("python3-pandas", "pandas", russian, ";", ",")[0]);
    }

    [Theory]
    [InlineData("ru", 59, 1049)]
    [InlineData("de", 59, 1031)]
    [InlineData("en", 44, 1033)]
    public async Task LibreOffice_in_a_language_finds_numbers_and_days_in_the_table_of_that_language(
        string language, int separator, int locale)
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var file = folder.Write("people.csv", await book.DrawAsync("csv-excel", await TellAsync(book), First, Second, language));
        // Separator, quote, UTF-8, from the first line, the language that numbers and days are read in.
        var filter = string.Create(CultureInfo.InvariantCulture, $"--infilter=CSV:{separator},34,76,1,,{locale},false,true");
        var said = OtherReaders.Program(
            "libreoffice-calc", "soffice", "--headless", $"-env:UserInstallation=file://{folder.Path}/office", filter, "--convert-to", "xlsx", "--outdir", folder.Path, file);
        Assert.True(said.ExitCode == 0, said.Errors);
        Assert.Equal(Movements, OtherReaders.Cells(folder.File("people.xlsx")));
    }

    static string Money(Match match)
    {
        var units = decimal.Parse(match.Groups["units"].Value, CultureInfo.InvariantCulture);
        var parts = match.Groups["parts"].Success ? decimal.Parse(match.Groups["parts"].Value, CultureInfo.InvariantCulture) : 1;
        return (units / parts).ToString("0.00", CultureInfo.InvariantCulture);
    }

    [
        GeneratedRegex(
            "char valutaDate=\"(?<date>[0-9]{8})\"\\s+char value=\"(?<units>-?[0-9]+)(%2F(?<parts>[0-9]+))?%3AEUR\"[^}]*?\\} #transaction",
            RegexOptions.ExplicitCapture)]
    private static partial Regex Transactions();
}
