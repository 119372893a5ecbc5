using System.Text.Json.Nodes;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using static Kopeck.Server.OpenApi.AnswerSchemas;

namespace Kopeck.Server.OpenApi;

/// <summary>The schemas of statements and reports as JSON.</summary>
static class StatementSchemas
{
    public static IEnumerable<(string Name, JsonObject Schema)> All()
    {
        yield return ("Pin", Object(("number", Schemas.Reference("Id")), ("hash", Text()), ("at", Time())));
        yield return ("StatementSum", Object(("count", Number()), ("sum", Money()), ("worth", Optional(Money()))));
        yield return ("StatementLine", Object(
            ("number", Schemas.Reference("Id")),
            ("place", Number()),
            ("at", Time()),
            ("date", Day()),
            ("kind", Schemas.Choice(KindList.Names)),
            ("counterparty", Optional(Object(
                ("account", Schemas.Reference("Id")),
                ("code", Optional(Schemas.Of(FieldTypes.AccountCode))),
                ("customer", Optional(Schemas.Reference("Id"))),
                ("customerName", Optional(Schemas.Of(FieldTypes.CustomerName))),
                ("customerCode", Optional(Schemas.Of(FieldTypes.CustomerCode)))))),
            ("description", Optional(Schemas.Of(FieldTypes.Description))),
            ("hold", Schemas.Reference("Id")),
            ("reverses", Schemas.Reference("Id")),
            ("amount", Money()),
            ("original", Optional(Object(
                ("amount", Money()), ("currency", Currency()), ("rate", Text()), ("from", Currency()), ("to", Currency())))),
            ("balance", Money()),
            ("worth", Optional(Money()))));
        yield return ("StatementHold", Object(
            ("id", Schemas.Reference("Id")),
            ("to", Optional(Text())),
            ("authorised", Money()),
            ("maxAmount", Optional(Money())),
            ("captured", Money()),
            ("released", Money()),
            ("remaining", Money()),
            ("expiresAt", Optional(Time()))));
        yield return ("StatementAccount", Object(
            ("wallet", Schemas.Reference("Id")),
            ("code", Optional(Schemas.Of(FieldTypes.AccountCode))),
            ("currency", Currency()),
            ("status", Text()),
            ("opening", Money()),
            ("lines", List(Schemas.Reference("StatementLine"))),
            ("closing", Money()),
            ("held", Money()),
            ("available", Money()),
            ("closingWorth", Optional(Money())),
            ("holds", List(Schemas.Reference("StatementHold"))),
            ("credits", Schemas.Reference("StatementSum")),
            ("debits", Schemas.Reference("StatementSum")),
            ("total", Money()),
            ("totalWorth", Optional(Money())),
            ("withoutQuote", Number())));
        yield return ("Statement", Object(
            ("book", Schemas.Of(FieldTypes.BookName)),
            ("baseCurrency", Currency()),
            ("pin", Schemas.Reference("Pin")),
            ("period", Object(
                ("since", Optional(Time())), ("until", Optional(Time())), ("start", Time()), ("end", Time()), ("open", Type("boolean")),
                ("timeZone", Text()), ("firstDay", Day()), ("lastDay", Day()))),
            ("customer", Optional(Object(
                ("id", Schemas.Reference("Id")),
                ("name", Optional(Schemas.Of(FieldTypes.CustomerName))),
                ("code", Optional(Schemas.Of(FieldTypes.CustomerCode))),
                ("country", Schemas.Of(FieldTypes.CountryCode)),
                ("city", Optional(Schemas.Of(FieldTypes.CityName))),
                ("erased", Type("boolean"))))),
            ("accounts", List(Schemas.Reference("StatementAccount"))),
            ("totals", Object(
                ("lines", Number()),
                ("worthOfCredits", Optional(Money())),
                ("worthOfDebits", Optional(Money())),
                ("worth", Optional(Money())),
                ("withoutQuote", Number()))),
            ("notice", Optional(Text()))));
        yield return ("Report", Object(
            ("report", Text()),
            ("book", Schemas.Of(FieldTypes.BookName)),
            ("baseCurrency", Currency()),
            ("pin", Schemas.Reference("Pin")),
            ("since", Optional(Time())),
            ("until", Optional(Time())),
            ("timeZone", Text()),
            ("date", Optional(Day())),
            ("rows", List(Type("object"))),
            ("totals", List(Type("object")))));
    }

    static JsonObject Money() => Schemas.Reference("Money");

    static JsonObject Currency() => Schemas.Of(FieldTypes.CurrencyCode);

    static JsonObject Text() => Type("string");

    static JsonObject Number() => Type("integer");

    static JsonObject Day() => new() { ["type"] = "string", ["format"] = "date" };

    static JsonObject Time() => new() { ["type"] = "string", ["format"] = "date-time" };
}
