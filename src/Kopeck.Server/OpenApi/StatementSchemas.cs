using System.Text.Json.Nodes;
using Kopeck.Ledger.Fields;
using static Kopeck.Server.OpenApi.Shapes;

namespace Kopeck.Server.OpenApi;

/// <summary>The schemas of statements as JSON.</summary>
static class StatementSchemas
{
    public static IEnumerable<(string Name, JsonObject Schema)> All()
    {
        yield return ("Pin", Object(("number", Id()), ("hash", Hash()), ("at", Time())));
        yield return ("StatementSum", Object(("count", Number()), ("sum", Money()), ("worth", Nullable(Money()))));
        yield return ("StatementLine", Line());
        yield return ("StatementHold", Object(
            ("id", Id()),
            ("to", Nullable(Receiver())),
            ("authorised", Money()),
            ("maxAmount", Nullable(Money())),
            ("captured", Money()),
            ("released", Money()),
            ("remaining", Money()),
            ("expiresAt", Nullable(Time()))));
        yield return ("StatementAccount", Object(
            ("wallet", Id()),
            ("code", Nullable(Schemas.Of(FieldTypes.AccountCode))),
            ("opening", Money()),
            ("currency", Shapes.Currency()),
            ("status", Reference("AccountStatus")),
            ("lines", List(Reference("StatementLine"))),
            ("closing", Money()),
            Maybe("held", Money()),
            Maybe("available", Money()),
            ("closingWorth", Nullable(Money())),
            ("credits", Reference("StatementSum")),
            ("debits", Reference("StatementSum")),
            ("total", Money()),
            ("totalWorth", Nullable(Money())),
            ("withoutQuote", Number()),
            Maybe("holds", List(Reference("StatementHold")))));
        yield return ("StatementPeriod", Object(
            ("since", Nullable(Time())), ("until", Nullable(Time())), ("start", Time()), ("end", Time()), ("open", Flag()),
            ("timeZone", Text()), ("firstDay", Date()), ("lastDay", Date())));
        yield return ("Statement", Object(
            ("book", Schemas.Of(FieldTypes.BookName)),
            ("baseCurrency", Shapes.Currency()),
            ("pin", Reference("Pin")),
            ("period", Reference("StatementPeriod")),
            ("customer", Nullable(Object(
                ("id", Id()),
                ("name", Nullable(Schemas.Of(FieldTypes.CustomerName))),
                ("code", Nullable(Schemas.Of(FieldTypes.CustomerCode))),
                ("country", Country()),
                ("city", Nullable(Schemas.Of(FieldTypes.CityName))),
                ("erased", Flag())))),
            ("accounts", List(Reference("StatementAccount"))),
            ("totals", Object(
                ("lines", Number()),
                ("worthOfCredits", Nullable(Money())),
                ("worthOfDebits", Nullable(Money())),
                ("worth", Nullable(Money())),
                ("withoutQuote", Number()))),
            ("notice", Nullable(Text()))));
    }

    static JsonObject Line() => Object(
        ("number", Id()),
        ("place", Small()),
        ("at", Time()),
        ("date", Date()),
        ("kind", Reference("OperationKind")),
        ("counterparty", Nullable(Object(
            ("account", Id()),
            ("code", Nullable(Schemas.Of(FieldTypes.AccountCode))),
            ("customer", Nullable(Id())),
            ("customerName", Nullable(Schemas.Of(FieldTypes.CustomerName))),
            ("customerCode", Nullable(Schemas.Of(FieldTypes.CustomerCode)))))),
        ("description", Nullable(Schemas.Of(FieldTypes.Description))),
        Maybe("hold", Id()),
        Maybe("reverses", Id()),
        ("amount", Money()),
        ("original", Nullable(Object(
            ("amount", Money()), ("currency", Shapes.Currency()), ("rate", Text()), ("from", Shapes.Currency()),
            ("to", Shapes.Currency())))),
        ("balance", Money()),
        ("worth", Nullable(Money())));
}
