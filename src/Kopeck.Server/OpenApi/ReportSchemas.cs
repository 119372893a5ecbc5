using System.Text.Json.Nodes;
using Kopeck.Ledger.Fields;
using static Kopeck.Server.OpenApi.Shapes;

namespace Kopeck.Server.OpenApi;

/// <summary>The schemas of reports as JSON: each has rows and totals of its own columns. What is not known is null.</summary>
static class ReportSchemas
{
    public static IEnumerable<(string Name, JsonObject Schema)> All()
    {
        yield return ("TrialBalanceRow", Object(
            ("account", Known(Id())), ("kind", Known(Text())), ("customer", Known(Id())), ("name", Known(Text())), ("code", Known(Text())),
            ("currency", Known(Text())), Sum("openingDebit"), Sum("openingCredit"), Sum("debits"), Sum("credits"), Sum("closingDebit"),
            Sum("closingCredit"), Sum("balance"), Sum("worth")));
        yield return ("TurnoverRow", Object(
            ("date", Known(Date())), ("currency", Known(Text())), ("operations", Number()), Sum("deposits"), Sum("withdrawals"),
            Sum("transfers"), Sum("captures"), Sum("exchangedIn"), Sum("exchangedOut"), Sum("postings"), Sum("reversals"),
            Sum("turnover")));
        yield return ("ExchangeRow", Object(
            ("currency", Known(Text())), Sum("position"), ("rate", Known(Text())), ("quoteDate", Known(Date())), Sum("worth"), Sum("cost"),
            Sum("realised"), Sum("unrealised")));
        yield return ("PostingRow", Object(
            ("number", Known(Id())), ("date", Known(Date())), ("at", Known(Time())), ("kind", Known(Text())), ("account", Known(Id())),
            ("name", Known(Text())), ("code", Known(Text())), ("currency", Known(Text())), Sum("debit"), Sum("credit"),
            ("description", Known(Text()))));
        foreach (var name in new[] { "TrialBalance", "Turnover", "Exchange", "Posting" })
            yield return (name + "Report", Report(name + "Row"));
    }

    static JsonObject Report(string row) => Object(
        ("report", Text()),
        ("book", Schemas.Of(FieldTypes.BookName)),
        ("baseCurrency", Shapes.Currency()),
        ("pin", Reference("Pin")),
        ("since", Nullable(Time())),
        ("until", Nullable(Time())),
        ("timeZone", Text()),
        ("date", Nullable(Date())),
        ("rows", List(Reference(row))),
        ("totals", List(Reference(row))));

    static JsonObject Known(JsonObject schema) => Nullable(schema);

    static Member Sum(string name) => (name, Nullable(Money()));
}
