using System.Text.Json.Nodes;
using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.OpenApi;

/// <summary>The schemas of answers.</summary>
static class AnswerSchemas
{
    public static IEnumerable<(string Name, JsonObject Schema)> All()
    {
        yield return ("Account", Account());
        yield return ("Customer", Customer(withWallets: false));
        yield return ("CustomerWithWallets", Customer(withWallets: true));
        yield return ("Operation", OperationSchemas.Operation());
        yield return ("Hold", OperationSchemas.Hold());
        yield return ("BatchOutcomes", Object(("outcomes", List(Object(
            ("status", Type("integer")),
            ("body", new JsonObject { ["oneOf"] = new JsonArray(Schemas.Reference("Operation"), Schemas.Reference("Problem")) }))))));
        yield return ("Quote", Object(
            ("currency", Schemas.Of(FieldTypes.CurrencyCode)),
            ("date", Date()),
            ("units", Schemas.Of(FieldTypes.QuoteFigure)),
            ("base", Schemas.Of(FieldTypes.QuoteFigure)),
            ("revision", Schemas.Reference("Id")),
            ("source", Schemas.Of(FieldTypes.QuoteSource))));
        yield return ("QuotesInForce", Object(
            ("date", Date()),
            ("baseCurrency", Schemas.Of(FieldTypes.CurrencyCode)),
            ("items", List(Schemas.Reference("Quote"))),
            ("next", Type("null"))));
        yield return ("QuoteLoad", QuoteLoad());
        yield return ("Key", Key(withSecret: false));
        yield return ("NewKey", Key(withSecret: true));
        yield return ("Book", Book(withSecret: false));
        yield return ("NewBook", Book(withSecret: true));
        yield return ("Currency", Object(
            ("code", Schemas.Of(FieldTypes.CurrencyCode)),
            ("numericCode", Type("string")),
            ("minorUnits", Schemas.Of(FieldTypes.MinorUnits)),
            ("name", Type("string")),
            ("symbol", Type("string"))));
        yield return ("Country", Object(
            ("code", Schemas.Of(FieldTypes.CountryCode)),
            ("alpha3", Type("string")),
            ("numericCode", Type("string")),
            ("name", Type("string")),
            ("currencies", List(Schemas.Of(FieldTypes.CurrencyCode)))));
        yield return ("City", Object(
            ("name", Type("string")), ("country", Schemas.Of(FieldTypes.CountryCode)), ("population", Type("integer"))));
        foreach (var (name, schema) in StatementSchemas.All())
            yield return (name, schema);
        foreach (var name in new[] { "Account", "Customer", "Operation", "Hold", "Quote", "Key", "Book", "Currency", "Country", "City" })
            yield return (name + "List", Object(("items", List(Schemas.Reference(name))), ("next", Optional(Type("string")))));
        yield return ("Problem", ProblemSchema());
    }

    static JsonObject QuoteLoad() => Object(
        ("source", Schemas.Of(FieldTypes.QuoteSource)),
        ("firstDate", Date()),
        ("lastDate", Date()),
        ("dates", Type("integer")),
        ("loaded", Type("integer")),
        ("unchanged", Type("integer")),
        ("operations", Type("integer")),
        ("operation", Optional(Schemas.Reference("Id"))),
        ("skipped", List(Object(("currency", Type("string")), ("code", Type("string")), ("detail", Type("string"))))));

    static JsonObject Account() => Object(
        ("id", Schemas.Reference("Id")),
        ("kind", Schemas.Choice(AccountWords.Kinds.All)),
        ("customer", Optional(Schemas.Reference("Id"))),
        ("currency", Schemas.Of(FieldTypes.CurrencyCode)),
        ("code", Optional(Schemas.Of(FieldTypes.AccountCode))),
        ("status", Schemas.Choice(AccountWords.Statuses.All)),
        ("posted", Schemas.Reference("Money")),
        ("held", Schemas.Reference("Money")),
        ("floor", Optional(Schemas.Reference("Money"))),
        ("available", Optional(Schemas.Reference("Money"))),
        ("asOf", Schemas.Reference("Id")));

    static JsonObject Customer(bool withWallets)
    {
        var members = new List<(string, JsonObject)> { ("id", Schemas.Reference("Id")) };
        foreach (var column in CustomerDetails.Columns)
            members.Add((column.JsonName, column.Type.Name == "metadata" ? Type("object") : Optional(Schemas.Of(column.Type))));
        members.Insert(2, ("country", Schemas.Of(FieldTypes.CountryCode)));
        members.Add(("erased", Type("boolean")));
        members.Add(("asOf", Schemas.Reference("Id")));
        if (withWallets)
            members.Add(("wallets", List(Schemas.Reference("Account"))));
        return Object([.. members]);
    }

    static JsonObject Key(bool withSecret)
    {
        var schema = Object(
            ("name", Schemas.Of(FieldTypes.KeyName)),
            ("scopes", List(Schemas.Choice(ScopeNames.All))),
            ("createdAt", Type("string")),
            ("revokedAt", Optional(Type("string"))),
            ("expiresAt", Optional(Type("string"))),
            ("lastUsedAt", Optional(Type("string"))),
            ("allowedNetworks", Optional(Type("string"))),
            ("rateLimit", Optional(Type("integer"))),
            ("oldSecretUntil", Optional(Type("string"))));
        if (withSecret)
            schema["properties"]!["key"] = Type("string");
        return schema;
    }

    static JsonObject Book(bool withSecret)
    {
        var schema = Object(
            ("name", Schemas.Of(FieldTypes.BookName)),
            ("baseCurrency", Schemas.Of(FieldTypes.CurrencyCode)),
            ("quoteMaxAgeDays", Schemas.Of(FieldTypes.QuoteMaxAgeDays)),
            ("timeZone", Schemas.Of(FieldTypes.ZoneName)),
            ("head", Object(("number", Schemas.Reference("Id")), ("hash", Type("string")), ("at", Type("string")))));
        if (withSecret)
            schema["properties"]!["key"] = Type("string");
        return schema;
    }

    static JsonObject ProblemSchema() => Object(
        ("type", Type("string")),
        ("title", Type("string")),
        ("status", Type("integer")),
        ("code", Schemas.Choice(OpenApiDocument.ErrorNames)),
        ("detail", Type("string")),
        ("item", Type("integer")),
        ("cause", Schemas.Reference("Problem")),
        ("moreErrors", Type("integer")),
        ("requestId", Type("string")),
        (
            "errors",
            List(
                Object(("pointer", Type("string")), ("parameter", Type("string")), ("code", Type("string")), ("detail", Type("string"))))));

    internal static JsonObject Object(params (string Name, JsonObject Schema)[] members)
    {
        var properties = new JsonObject();
        foreach (var (name, schema) in members)
            properties[name] = schema;
        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    internal static JsonObject List(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    internal static JsonObject Optional(JsonObject schema) => new() { ["anyOf"] = new JsonArray(schema, Type("null")) };

    internal static JsonObject Type(string type) => new() { ["type"] = type };

    internal static JsonObject Date() => new() { ["type"] = "string", ["format"] = "date" };
}
