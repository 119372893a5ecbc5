using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kopeck.Statements.Laws.Tests.Naive;

namespace Kopeck.Statements.Laws.Tests.ReadBack;

/// <summary>
/// A file in one of the formats of banks and ledgers, read by programs and parsers of others, as rows in the columns of the CSV; what the
/// format has no member for is empty.
/// </summary>
static partial class BankRows
{
    static readonly XNamespace Iso = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["deposit"] = "Deposit",
        ["withdrawal"] = "Withdrawal",
        ["transfer"] = "Transfer",
        ["posting"] = "Posting",
        ["capture"] = "Capture",
        ["reversal"] = "Reversal",
    };

    public static IReadOnlyList<string> Formats { get; } = ["hledger", "camt053", "ofx", "mt940"];

    public static List<string[]> Read(string format, string file) => format switch
    {
        "hledger" => FromHledger(Programs.Hledger(file)),
        "camt053" => [.. XDocument.Load(file).Descendants(Iso + "Stmt").SelectMany(FromCamt)],
        "ofx" => [.. XDocument.Load(file).Descendants("STMTRS").SelectMany(FromOfx)],
        "mt940" => [.. Account().Matches(Programs.Aqbanking(file)).SelectMany(FromAqbanking)],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a format of banks"),
    };

    /// <summary>What a format holds of rows.</summary>
    public static List<string[]> Held(string format, IReadOnlyList<string[]> rows) =>
        Held(format, rows, rows.Single(row => row[0] == "statement")[2]);

    static List<string[]> Held(string format, IEnumerable<string[]> rows, string baseCurrency) => format switch
    {
        "hledger" =>
            [
                .. rows.Where(row => row[0] is "opening" or "operation" or "closing")
                    .Select(row => Keep(row, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16))
                    .Select(row => WithoutBase(row, baseCurrency)).Select(InJournal)],
        "camt053" =>
        [
            .. rows.Where(row => row[0] is not ("statement" or "available")).Select(row => row[0] == "operation"
                ? WithoutBase(Keep(row, 1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 16), baseCurrency)
                : Keep(row, 1, 2, 10, 15, 17)),
        ],
        "ofx" =>
            [
                .. rows.Where(row => row[0] is "operation" or "closing")
                    .Select(row => row[0] == "operation" ? ToMilliseconds(Keep(row, 1, 2, 4, 10)) : Keep(row, 1, 2, 15))],
        "mt940" =>
            [
                .. rows.Where(row => row[0] is "operation" or "closing")
                    .Select(row => row[0] == "operation" ? ToDays(Keep(row, 1, 2, 4, 10)) : Keep(row, 1, 2, 15))],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a format of banks"),
    };

    static string[] Keep(string[] row, params ReadOnlySpan<int> columns)
    {
        var kept = Empty(row[0]);
        foreach (var column in columns)
            kept[column] = row[column];
        return kept;
    }

    // In a wallet of the base currency the amount is the worth, which is not said again.
    static string[] WithoutBase(string[] row, string baseCurrency)
    {
        if (row[2] == baseCurrency)
            row[16] = "";
        return row;
    }

    // A journal has no place for a semicolon or a bar in a text, and is never without one.
    static string[] InJournal(string[] row)
    {
        (row[6], row[9]) = (Clean(row[6]), row[0] == "operation" && row[9].Length == 0 ? Kinds[row[5]] : Clean(row[9]));
        return row;
    }

    static string Clean(string text) => text.Replace(';', ',').Replace('|', '/');

    static string[] ToMilliseconds(string[] row)
    {
        row[4] = row[4][..23];
        return row;
    }

    static string[] ToDays(string[] row)
    {
        row[4] = row[4][..10];
        return row;
    }

    static List<string[]> FromHledger(JsonElement transactions)
    {
        // hledger sorts by date; a statement is in the order of its file.
        var rows = new List<string[]>();
        foreach (var transaction in transactions.EnumerateArray().OrderBy(transaction => transaction.GetProperty("tindex").GetInt32()))
        {
            var postings = transaction.GetProperty("tpostings").EnumerateArray().ToList();
            var note = transaction.GetProperty("tdescription").GetString()!;
            var number = transaction.GetProperty("tcode").GetString()!;
            var row = Empty(number.Length > 0 ? "operation" : note == "Opening balance" ? "opening" : "closing");
            var tags = transaction.GetProperty("ttags").EnumerateArray()
                .ToDictionary(tag => tag[0].GetString()!, tag => tag[1].GetString()!, StringComparer.Ordinal);
            (row[1], row[2], row[15]) = (
                postings[0].GetProperty("paccount").GetString()!["assets:wallets:".Length..],
                postings[0].GetProperty("pbalanceassertion").GetProperty("baamount").GetProperty("acommodity").GetString()!,
                Quantity(postings[0].GetProperty("pbalanceassertion").GetProperty("baamount")));
            rows.Add(row);
            if (row[0] != "operation")
                continue;
            var bar = note.IndexOf(" | ", StringComparison.Ordinal);
            (row[3], row[4], row[5], row[6], row[8], row[9], row[10]) =
                (
                    number, tags["at"], tags["kind"], bar < 0 ? "" : note[..bar], tags.GetValueOrDefault("account", ""),
                    bar < 0 ? note : note[(bar + 3)..], Quantity(postings[0].GetProperty("pamount")[0]));
            Assert.StartsWith(transaction.GetProperty("tdate").GetString()!, row[4], StringComparison.Ordinal);
            row[16] = tags.TryGetValue("worth", out var worth) ? worth.Split(' ')[0] : "";
            if (postings.Count == 2)
                continue;
            Assert.Equal(4, postings.Count);
            (row[11], row[12]) = (Quantity(postings[3].GetProperty("pamount")[0]).TrimStart('-'), Commodity(postings[3]));
            (row[13], row[14]) = tags["rate"].Split(' ') is [var rate, var pair] ? (rate, pair) : ("", "");
        }

        return rows;
    }

    static string Commodity(JsonElement posting) => posting.GetProperty("pamount")[0].GetProperty("acommodity").GetString()!;

    static string Quantity(JsonElement amount)
    {
        var quantity = amount.GetProperty("aquantity");
        return ExportedJournal.Money(
            BigInteger.Parse(quantity.GetProperty("decimalMantissa").GetRawText(), CultureInfo.InvariantCulture),
            quantity.GetProperty("decimalPlaces").GetInt32());
    }

    static List<string[]> FromCamt(XElement statement)
    {
        var account = statement.Element(Iso + "Acct")!;
        string[] Row(string name, string? sum = null, string? balance = null, string? count = null)
        {
            var row = Empty(name);
            (row[1], row[2], row[10], row[15], row[17]) =
                (At(account, "Id", "Othr", "Id"), At(account, "Ccy"), sum ?? "", balance ?? "", count ?? "");
            return row;
        }

        string Balance(string code) =>
            Signed(statement.Elements(Iso + "Bal").Single(balance => At(balance, "Tp", "CdOrPrtry", "Cd") == code));
        string Negative(string sum) => sum.Any(digit => digit is > '0' and <= '9') ? "-" + sum : sum;

        var rows = new List<string[]> { Row("opening", balance: Balance("OPBD")) };
        foreach (var entry in statement.Elements(Iso + "Ntry"))
        {
            var row = Row("operation", Signed(entry));
            var details = entry.Element(Iso + "NtryDtls")!.Element(Iso + "TxDtls")!;
            var role = row[10].StartsWith('-') ? "Cdtr" : "Dbtr";
            var party = At(details, "RltdPties", role, "Pty", "Nm");
            (row[4], row[5], row[8]) = (
                At(details, "RltdDts", "TxDtTm"), At(entry, "BkTxCd", "Prtry", "Cd"),
                At(details, "RltdPties", role + "Acct", "Id", "Othr", "Id"));
            row[6] = party.Length > 0 ? party : At(details, "RltdPties", role + "Acct", "Nm");
            row[9] = string.Concat(details.Descendants(Iso + "Ustrd").Select(text => text.Value));
            (row[11], row[12]) = (
                At(details, "AmtDtls", "CntrValAmt", "Amt"),
                details.Descendants(Iso + "CntrValAmt").SingleOrDefault()?.Element(Iso + "Amt")?.Attribute("Ccy")?.Value ?? "");
            var worths = details.Descendants(Iso + "PrtryAmt");
            if (worths.SingleOrDefault(amount => At(amount, "Tp").StartsWith("base worth", StringComparison.Ordinal)) is { } worth)
                row[16] = At(worth, "Tp") == "base worth" ? At(worth, "Amt") : "-" + At(worth, "Amt");
            Assert.StartsWith(At(entry, "ValDt", "Dt"), row[4], StringComparison.Ordinal);
            Assert.Equal(At(entry, "ValDt", "Dt"), At(entry, "BookgDt", "Dt"));
            rows.Add(row);
        }

        var summary = statement.Element(Iso + "TxsSummry")!;
        rows.Add(Row("credits", At(summary, "TtlCdtNtries", "Sum"), count: At(summary, "TtlCdtNtries", "NbOfNtries")));
        rows.Add(Row("debits", Negative(At(summary, "TtlDbtNtries", "Sum")), count: At(summary, "TtlDbtNtries", "NbOfNtries")));
        var net = summary.Element(Iso + "TtlNtries")!.Element(Iso + "TtlNetNtry")!;
        rows.Add(Row("total", Signed(net), count: At(summary, "TtlNtries", "NbOfNtries")));
        rows.Add(Row("closing", balance: Balance("CLBD")));
        return rows;
    }

    static string Signed(XElement element) => (At(element, "CdtDbtInd") == "DBIT" ? "-" : "") + At(element, "Amt");

    static string At(XElement element, params ReadOnlySpan<string> path)
    {
        var found = element;
        foreach (var name in path)
        {
            if (found.Element(Iso + name) is not { } inner)
                return "";
            found = inner;
        }

        return found.Value;
    }

    static IEnumerable<string[]> FromOfx(XElement statement)
    {
        string[] Row(string name)
        {
            var row = Empty(name);
            (row[1], row[2]) = (statement.Element("BANKACCTFROM")!.Element("ACCTID")!.Value, statement.Element("CURDEF")!.Value);
            return row;
        }

        foreach (var line in statement.Descendants("STMTTRN"))
        {
            var row = Row("operation");
            row[4] = DateTime.ParseExact(line.Element("DTPOSTED")!.Value, "yyyyMMddHHmmss.fff'[0:GMT]'", CultureInfo.InvariantCulture)
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
            row[10] = line.Element("TRNAMT")!.Value;
            yield return row;
        }

        var closing = Row("closing");
        closing[15] = statement.Element("LEDGERBAL")!.Element("BALAMT")!.Value;
        yield return closing;
    }

    static IEnumerable<string[]> FromAqbanking(Match account)
    {
        var balance = Balances().Matches(account.Value)[^1];
        string[] Row(string name)
        {
            var row = Empty(name);
            (row[1], row[2]) = (account.Groups["number"].Value, balance.Groups["currency"].Value);
            return row;
        }

        foreach (Match line in Transactions().Matches(account.Value))
        {
            var row = Row("operation");
            (row[4], row[10]) =
                ($"{line.Groups["date"].Value[..4]}-{line.Groups["date"].Value[4..6]}-{line.Groups["date"].Value[6..]}", Value(line));
            Assert.Equal(row[2], line.Groups["currency"].Value);
            yield return row;
        }

        var closing = Row("closing");
        closing[15] = Value(balance);
        yield return closing;
    }

    // AqBanking keeps fractions: units over a power of ten.
    static string Value(Match match)
    {
        var decimals = match.Groups["currency"].Value switch { "JPY" => 0, "KWD" => 3, _ => 2 };
        var minor = BigInteger.DivRem(
            BigInteger.Parse(match.Groups["units"].Value, CultureInfo.InvariantCulture) * BigInteger.Pow(10, decimals),
            match.Groups["parts"].Success ? BigInteger.Parse(match.Groups["parts"].Value, CultureInfo.InvariantCulture) : 1, out var rest);
        Assert.True(rest.IsZero, match.Value);
        return ExportedJournal.Money(minor, decimals);
    }

    static string[] Empty(string name)
    {
        var row = new string[NaiveStatement.Columns];
        Array.Fill(row, "");
        row[0] = name;
        return row;
    }

    [GeneratedRegex("accountNumber=\"(?<number>[0-9]+)\".*?#accountInfo\\b", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Account();

    [
        GeneratedRegex(
            "balance \\{\\s+char date=\"(?<date>[0-9]{8})\"\\s+char value=\"(?<units>-?[0-9]+)(%2F(?<parts>[0-9]+))?%3A(?<currency>[A-Z]{3})\"",
            RegexOptions.ExplicitCapture)]
    private static partial Regex Balances();

    [
        GeneratedRegex(
            "char date=\"(?<date>[0-9]{8})\"\\s+char valutaDate=\"\\k<date>\"\\s+char value=\"(?<units>-?[0-9]+)(%2F(?<parts>[0-9]+))?%3A(?<currency>[A-Z]{3})\"",
            RegexOptions.ExplicitCapture)]
    private static partial Regex Transactions();
}
