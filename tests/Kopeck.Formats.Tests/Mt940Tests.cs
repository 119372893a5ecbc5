using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Statements.Model;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Formats.Tests;

/// <summary>MT940, read by AqBanking's importer.</summary>
public sealed partial class Mt940Tests
{
    [Fact]
    public async Task A_statement_is_the_golden_one_and_AqBanking_reads_every_line_of_it()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var story = await Story.TellAsync(book);
        var all = await book.DrawTextAsync("mt940", story.OfAnna);
        Golden.Compare("statement.sta", all);
        MustBeFin(all);
        Assert.Equal(
            [
                "3 2026-03-01 1000 EUR / zarplata, 'mart', date:2020-01-01",
                "3 2026-03-02 -152.5 EUR Giannis Zografos / -:rent - :86: (1) ?SUM(A1:A9)",
                "3 2026-03-02 6.1 EUR Giannis Zografos / sdacha + 'rest' (b)",
                "3 2026-03-03 -100.5 EUR / Withdrawal",
                "3 2026-03-03 -1 EUR fees / Gebuhr fur Marz - 1-2 ?",
                "3 2026-03-03 -0.25 EUR fees / Gebuhr fur Marz - 1-2 ?",
                "3 closes on 2026-03-04 with 751.85 EUR",
                "6 2026-03-01 12.345 KWD / Deposit",
                "6 2026-03-04 0.001 KWD / Deposit",
                "6 closes on 2026-03-04 with 12.346 KWD",
            ],
            Statements(folder, all));
        var one = await book.DrawTextAsync("mt940", story.OfYen, "2026-03-02T20:00:00Z", "2026-03-04", "ru");
        Golden.Compare("wallet.ru.sta", one);
        MustBeFin(one);
        Assert.Equal(
            ["5 2026-03-02 -1000 JPY Anna Kuznetsova / sdacha + 'rest' (b)", "5 closes on 2026-03-03 with 24000 JPY"],
            Statements(folder, one));
    }

    [Fact]
    public async Task A_balance_below_zero_is_a_debit_balance_to_AqBanking()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var (_, wallet) = await book.RegisterAsync("Anna", "DE", "Köln", "EUR");
        book.Move("2026-03-02T10:00:00Z");
        await book.WriteAsync(new SetFloor(wallet, SignedAmount("-100")));
        await book.WriteAsync(new Withdraw(wallet, Amount("30.50"), null) { Description = Description.Parse("Miete") });
        var sta = await book.DrawTextAsync("mt940", new StatementSubject.OfWallet(wallet));
        Assert.Contains(":62F:D260302EUR30,50\r\n", sta, StringComparison.Ordinal);
        Assert.Equal([$"{wallet} 2026-03-02 -30.5 EUR / Miete", $"{wallet} closes on 2026-03-02 with -30.5 EUR"], Statements(folder, sta));
        Assert.Contains(
            ":60F:D260303EUR30,50\r\n", await book.DrawTextAsync("mt940", new StatementSubject.OfWallet(wallet), "2026-03-03"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_statement_is_split_into_pages_that_carry_the_balance_over()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var (_, wallet) = await book.RegisterAsync("Ярослав Щегольков", "RU", "Йошкар-Ола", "EUR");
        var texts = Enumerable.Range(1, 40)
            .Select(
                number => string.Create(CultureInfo.InvariantCulture, $"{number} ") + string.Concat(Enumerable.Repeat("- :щё ", number)))
            .ToList();
        await book.WriteAsync(
            [.. texts.Select(text => new Deposit(wallet, Amount("1.01"), null) { Description = Description.Parse(text.Trim()) })]);
        var sta = await book.DrawTextAsync("mt940", new StatementSubject.OfWallet(wallet));
        MustBeFin(sta);
        var messages = Messages(sta);
        Assert.True(messages.Count > 3);
        Assert.Contains(":60F:", messages[0], StringComparison.Ordinal);
        Assert.Contains(":62F:", messages[^1], StringComparison.Ordinal);
        for (var page = 0; page < messages.Count; page++)
        {
            Assert.Matches($":28C:[0-9]{{1,5}}/{page + 1}\r\n", messages[page]);
            if (page > 0)
                Assert.Equal(Balance(messages[page - 1], ":62M:"), Balance(messages[page], ":60M:"));
        }

        Assert.Equal(Enumerable.Repeat("1.01 EUR", 40), Read(folder, sta));
    }

    [Fact]
    public async Task A_description_cannot_forge_a_code_word()
    {
        await using var book = await TestBook.OpenAsync();
        var (_, wallet) = await book.RegisterAsync("Anna", "DE", "Köln", "EUR");
        await book.WriteAsync(new Deposit(wallet, Amount("1"), null) { Description = Description.Parse("Eve/ACCT/13\\REMI|salary") });
        Assert.Contains(
            "/REMI/Eve-ACCT-13-REMI-salary\r\n", await book.DrawTextAsync("mt940", new StatementSubject.OfWallet(wallet)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_more_digits_than_MT940_has_room_for_is_refused()
    {
        await using var book = await TestBook.OpenAsync();
        var (_, wallet) = await book.RegisterAsync("Anna", "DE", "Köln", "EUR");
        await book.WriteAsync(new Deposit(wallet, Amount("999999999999.99"), null));
        Assert.Contains(
            "EUR999999999999,99\r\n", await book.DrawTextAsync("mt940", new StatementSubject.OfWallet(wallet)), StringComparison.Ordinal);
        await book.WriteAsync(new Deposit(wallet, Amount("0.01"), null));
        var number = book.Last;
        await book.WriteAsync(new Withdraw(wallet, Amount("1000000000000"), null));
        var (bytes, rejection) = await book.TryDrawAsync("mt940", new StatementSubject.OfWallet(wallet));
        Assert.Empty(bytes);
        Assert.Equal(ErrorCode.NotAcceptable, rejection!.Code);
        Assert.Contains($"operation {number},", rejection.Detail, StringComparison.Ordinal);
    }

    /// <summary>The limits of the standard: characters, lengths of lines and of messages.</summary>
    static void MustBeFin(string sta)
    {
        Assert.Empty(Foreign().Matches(sta));
        foreach (var message in Messages(sta))
        {
            Assert.True(message.Length <= 2_000);
            var lines = message.Split("\r\n");
            Assert.All(
                lines,
                line =>
                    Assert.True(
                        line.Length <= (
                            line.StartsWith(":86:", StringComparison.Ordinal)
                                ? 69
                                : line.StartsWith(":61:", StringComparison.Ordinal)
                                ? 4 + 62
                                : 65)));
            Assert.All(lines.Where(line => line.StartsWith(':')), line => Assert.Matches("^:(20|25|28C|60[FM]|61|86|62[FM]):", line));
        }
    }

    static List<string> Messages(string sta) =>
        [.. sta.Split("\r\n-\r\n", StringSplitOptions.RemoveEmptyEntries).Select(message => message + "\r\n-\r\n")];

    static string Balance(string message, string tag) =>
        message[(message.IndexOf(tag, StringComparison.Ordinal) + tag.Length)..].Split("\r\n")[0];

    /// <summary>
    /// What AqBanking finds: each line's account, date, amount with its sign, name and remittance, and each account's balance.
    /// </summary>
    static List<string> Statements(TestFolder folder, string sta)
    {
        static string Date(Match match) =>
            DateTime.ParseExact(match.Groups["date"].Value, "yyyyMMdd", CultureInfo.InvariantCulture)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var found = new List<string>();
        foreach (Match account in Accounts().Matches(Import(folder, sta)))
        {
            var number = account.Groups["number"].Value;
            foreach (Match line in Lines().Matches(account.Value))
            {
                // Lines of the field are joined as they were cut; names and descriptions of the story have no code word in them.
                var purpose = Uri.UnescapeDataString(line.Groups["purpose"].Value).Replace("\n", "", StringComparison.Ordinal);
                var information = Information().Match(purpose);
                found.Add(
                    $"{number} {Date(line)} {Money(line)} {information.Groups["name"].Value}".TrimEnd()
                        + $" / {information.Groups["remittance"].Value}");
            }

            var balance = Assert.Single(Balances().Matches(account.Value));
            found.Add($"{number} closes on {Date(balance)} with {Money(balance)}");
        }

        return found;
    }

    /// <summary>The amounts that AqBanking finds.</summary>
    static List<string> Read(TestFolder folder, string sta) => [.. Lines().Matches(Import(folder, sta)).Select(Money)];

    static string Import(TestFolder folder, string sta)
    {
        var (file, context) = (folder.Write("in.sta", Encoding.ASCII.GetBytes(sta)), folder.File("context"));
        File.Delete(context);
        var said = Programs.Aqbanking(
            "-D", folder.File("settings"), "import", "--importer=swift", "--profile=SWIFT-MT940", "-f", file, "-c", context);
        Assert.True(said.ExitCode == 0, said.Output + said.Errors);
        return File.ReadAllText(context);
    }

    static string Money(Match match) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Number(match.Groups["units"]) / (match.Groups["parts"].Success ? Number(match.Groups["parts"]) : 1)} {match.Groups["currency"].Value}");

    static decimal Number(Group group) => decimal.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("[^A-Za-z0-9/?:().,'+ \\-\r\n]")]
    private static partial Regex Foreign();

    [GeneratedRegex("accountNumber=\"(?<number>[0-9]+)\".*?#accountInfo\\b", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Accounts();

    [
        GeneratedRegex(
            "date=\"(?<date>[0-9]{8})\"\\s+char valutaDate=\"\\k<date>\"\\s+char value=\"(?<units>-?[0-9]+)(%2F(?<parts>[0-9]+))?%3A(?<currency>[A-Z]{3})\"[^}]*?purpose=\"(?<purpose>[^\"]*)\"",
            RegexOptions.ExplicitCapture)]
    private static partial Regex Lines();

    [
        GeneratedRegex(
            "balance \\{\\s+char date=\"(?<date>[0-9]{8})\"\\s+char value=\"(?<units>-?[0-9]+)(%2F(?<parts>[0-9]+))?%3A(?<currency>[A-Z]{3})\"",
            RegexOptions.ExplicitCapture)]
    private static partial Regex Balances();

    [GeneratedRegex("^(/NAME/(?<name>[^/]*))?.*?/REMI/(?<remittance>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Information();
}
