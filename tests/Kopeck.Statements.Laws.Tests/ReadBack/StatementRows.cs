using System.Text.Json;
using System.Xml.Linq;
using Kopeck.Statements.Laws.Tests.Naive;

namespace Kopeck.Statements.Laws.Tests.ReadBack;

/// <summary>A statement's file, read by a parser of others, as rows of texts in the columns of the CSV.</summary>
static class StatementRows
{
    static readonly Dictionary<string, string> SheetRows = new(StringComparer.Ordinal)
    {
        ["Opening balance"] = "opening",
        ["Credits"] = "credits",
        ["Debits"] = "debits",
        ["Total"] = "total",
        ["Closing balance"] = "closing",
        ["Available balance"] = "available",
    };

    public static List<string[]> Read(string file) => Path.GetExtension(file) switch
    {
        ".csv-summary" => [.. Programs.Rows(file).EnumerateArray().Skip(1).Select(Texts).Where(row => row[0] is not ("since" or "until"))],
        ".xlsx" => FromSheets(Programs.Rows(file)),
        ".xml" => FromXml(XDocument.Load(file).Root!),
        ".json" => FromJson(JsonElement.Parse(File.ReadAllText(file))),
        ".ndjson" => FromNdjson([.. File.ReadLines(file).Select(line => JsonElement.Parse(line))]),
        var other => throw new ArgumentOutOfRangeException(nameof(file), other, "not a format that is read back"),
    };

    static string[] Texts(JsonElement row) => [.. row.EnumerateArray().Select(cell => cell.GetString()!)];

    static List<string[]> FromSheets(JsonElement sheets)
    {
        var rows = new List<string[]>();
        List<string[]> about = [];
        foreach (var sheet in sheets.EnumerateObject())
        {
            if (sheet.Name == "Summary")
            {
                about = [.. sheet.Value.EnumerateArray().Select(Texts)];
                continue;
            }

            foreach (var cells in sheet.Value.EnumerateArray().Skip(1).Select(Texts))
            {
                var row = Empty(SheetRows.GetValueOrDefault(cells[1], "operation"));
                var isLine = row[0] == "operation";
                (row[1], row[2], row[3], row[4]) = (cells[11], cells[12], cells[13], isLine ? cells[0] : "");
                (row[5], row[6], row[7], row[8]) = (isLine ? cells[1].ToLowerInvariant() : "", cells[2], cells[14], cells[15]);
                (row[9], row[10], row[11], row[12], row[13], row[14]) = (cells[3], cells[4], cells[6], cells[7], cells[8], cells[9]);
                (row[15], row[16], row[17], row[18]) = (cells[5], cells[10], cells[16], cells[17]);
                rows.Add(row);
            }
        }

        string Fact(string name) => about.Find(cells => cells[0].StartsWith(name, StringComparison.Ordinal))?[1] ?? "";
        var end = Empty("statement");
        (end[3], end[4], end[6], end[9], end[16], end[17]) =
            (Fact("Drawn at"), Fact("Time (UTC)"), Fact("Customer"), Fact("SHA-256"), Fact("All wallets"), Fact("Count"));
        rows.Add(end);
        if (Fact("!") is { Length: > 0 } notice)
            rows.Add(Notice(notice));
        return rows;
    }

    static List<string[]> FromJson(JsonElement json)
    {
        var rows = new List<string[]>();
        foreach (var account in json.GetProperty("accounts").EnumerateArray())
        {
            rows.Add(Opening(account));
            rows.AddRange(account.GetProperty("lines").EnumerateArray().Select(line => Line(account, line)));
            rows.AddRange(Totals(account, account));
        }

        rows.AddRange(End(json, json));
        return rows;
    }

    static List<string[]> FromNdjson(List<JsonElement> lines)
    {
        var rows = new List<string[]>();
        var account = default(JsonElement);
        foreach (var line in lines)
        {
            switch (line.GetProperty("type").GetString())
            {
                case "account":
                    rows.Add(Opening(account = line));
                    break;
                case "line":
                    rows.Add(Line(account, line));
                    break;
                case "total":
                    rows.AddRange(Totals(account, line));
                    break;
                case "end":
                    rows.AddRange(End(lines[0], line));
                    break;
                default:
                    Assert.Equal("statement", line.GetProperty("type").GetString());
                    break;
            }
        }

        return rows;
    }

    static string[] Opening(JsonElement account)
    {
        var row = Row("opening", account);
        row[15] = Text(account, "opening");
        return row;
    }

    static string[] Line(JsonElement account, JsonElement line)
    {
        var row = Row("operation", account);
        (row[3], row[4], row[5], row[9], row[10], row[15], row[16]) =
            (
                Text(line, "number"), Text(line, "at"), Text(line, "kind"), Text(line, "description"), Text(line, "amount"),
                Text(line, "balance"), Text(line, "worth"));
        if (line.TryGetProperty("hold", out var refersTo) || line.TryGetProperty("reverses", out refersTo))
            row[18] = refersTo.GetString()!;
        if (line.GetProperty("counterparty") is { ValueKind: JsonValueKind.Object } party)
            (row[6], row[7], row[8]) = (
                Text(party, "customerName") is { Length: > 0 } name ? name : Text(party, "code"), Text(party, "customerCode"),
                Text(party, "account"));
        if (line.GetProperty("original") is { ValueKind: JsonValueKind.Object } side)
        {
            (row[11], row[12], row[13]) = (Text(side, "amount"), Text(side, "currency"), Text(side, "rate"));
            row[14] = $"{Text(side, "from")}/{Text(side, "to")}";
        }

        return row;
    }

    static IEnumerable<string[]> Totals(JsonElement account, JsonElement totals)
    {
        var count = 0;
        foreach (var side in new[] { "credits", "debits" })
        {
            var sums = totals.GetProperty(side);
            var row = Row(side, account);
            (row[10], row[16], row[17]) = (Text(sums, "sum"), Text(sums, "worth"), Text(sums, "count"));
            count += sums.GetProperty("count").GetInt32();
            yield return row;
        }

        var total = Row("total", account);
        (total[10], total[16], total[17]) = (Text(totals, "total"), Text(totals, "totalWorth"), $"{count}");
        yield return total;
        var closing = Row("closing", account);
        closing[15] = Text(totals, "closing");
        yield return closing;
        if (!totals.TryGetProperty("available", out var balance))
            yield break;
        var available = Row("available", account);
        available[15] = balance.GetString()!;
        yield return available;
    }

    static IEnumerable<string[]> End(JsonElement header, JsonElement end)
    {
        var (pin, customer, totals) = (header.GetProperty("pin"), header.GetProperty("customer"), end.GetProperty("totals"));
        var row = Empty("statement");
        (row[2], row[3], row[4], row[6], row[7], row[9], row[16], row[17]) =
            (
                Text(header, "baseCurrency"), Text(pin, "number"), Text(pin, "at"), Text(customer, "name"), Text(customer, "code"),
                Text(pin, "hash"), Text(totals, "worth"), Text(totals, "lines"));
        yield return row;
        if (Text(end, "notice") is { Length: > 0 } notice)
            yield return Notice(notice);
    }

    static List<string[]> FromXml(XElement statement)
    {
        var space = statement.Name.Namespace;
        var rows = new List<string[]>();
        foreach (var account in statement.Elements(space + "account"))
        {
            string[] Of(string name)
            {
                var row = Empty(name);
                (row[1], row[2]) = (Attribute(account, "wallet"), Attribute(account, "currency"));
                return row;
            }

            foreach (var element in account.Elements())
            {
                var row = Of(element.Name.LocalName == "line" ? "operation" : element.Name.LocalName);
                if (row[0] == "operation")
                    Line(row, element, space);
                else if (row[0] is "opening" or "closing" or "available")
                    row[15] = element.Value;
                else
                    (row[10], row[16], row[17]) = (element.Value, Attribute(element, "worth"), Attribute(element, "count"));
                rows.Add(row);
            }
        }

        var (pin, customer, totals) =
            (statement.Element(space + "pin")!, statement.Element(space + "customer")!, statement.Element(space + "totals")!);
        var end = Empty("statement");
        (end[2], end[3], end[4], end[6], end[7], end[9], end[16], end[17]) =
            (
                Attribute(statement, "baseCurrency"), Attribute(pin, "number"), Attribute(pin, "at"), Attribute(customer, "name"),
                Attribute(customer, "code"), Attribute(pin, "hash"), Attribute(totals, "worth"), Attribute(totals, "lines"));
        rows.Add(end);
        if (statement.Element(space + "notice") is { } notice)
            rows.Add(Notice(notice.Value));
        return rows;
    }

    static void Line(string[] row, XElement line, XNamespace space)
    {
        string Value(string name) => line.Element(space + name)?.Value ?? "";
        (row[3], row[4], row[5], row[9], row[10], row[15], row[16]) =
            (
                Attribute(line, "number"), Attribute(line, "at"), Attribute(line, "kind"), Value("description"), Value("amount"),
                Value("balance"), Value("worth"));
        row[18] = Attribute(line, "hold") + Attribute(line, "reverses");
        if (line.Element(space + "counterparty") is { } party)
            (row[6], row[7], row[8]) = (
                Attribute(party, "customerName") is { Length: > 0 } name ? name : Attribute(party, "code"),
                Attribute(party, "customerCode"), Attribute(party, "account"));
        if (line.Element(space + "original") is { } original)
            (row[11], row[12], row[13], row[14]) = (
                original.Value, Attribute(original, "currency"), Attribute(original, "rate"),
                $"{Attribute(original, "from")}/{Attribute(original, "to")}");
    }

    static string Attribute(XElement element, string name) => element.Attribute(name)?.Value ?? "";

    static string[] Row(string name, JsonElement account)
    {
        var row = Empty(name);
        (row[1], row[2]) = (Text(account, "wallet"), Text(account, "currency"));
        return row;
    }

    static string[] Notice(string text)
    {
        var row = Empty("notice");
        row[9] = text;
        return row;
    }

    static string[] Empty(string name)
    {
        var row = new string[NaiveStatement.Columns];
        Array.Fill(row, "");
        row[0] = name;
        return row;
    }

    static string Text(JsonElement of, string name) =>
        of.GetProperty(name) is var value && value.ValueKind == JsonValueKind.Null ? "" : value.ToString();
}
