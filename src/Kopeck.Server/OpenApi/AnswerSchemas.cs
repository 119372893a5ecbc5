using System.Text.Json.Nodes;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Server.Answers;

namespace Kopeck.Server.OpenApi;

/// <summary>The schemas of answers.</summary>
static class AnswerSchemas
{
    public static IEnumerable<(string Name, JsonObject Schema)> All()
    {
        yield return ("Account", Account());
        yield return ("Customer", Customer(withWallets: false));
        yield return ("CustomerWithWallets", Customer(withWallets: true));
        yield return ("Operation", Operation());
        yield return ("BatchOutcomes", Object(("outcomes", List(Object(("status", Type("integer")), ("body", new JsonObject { ["oneOf"] = new JsonArray(Schemas.Reference("Operation"), Schemas.Reference("Problem")) }))))));
        yield return ("Quote", Object(("currency", Schemas.Of(FieldTypes.CurrencyCode)), ("date", Date()), ("rate", Schemas.Of(FieldTypes.QuoteRate)), ("revision", Schemas.Reference("Id")), ("source", Schemas.Of(FieldTypes.QuoteSource))));
        yield return ("QuotesInForce", Object(("date", Date()), ("baseCurrency", Schemas.Of(FieldTypes.CurrencyCode)), ("items", List(Schemas.Reference("Quote"))), ("next", Type("null"))));
        yield return ("Key", Key(withSecret: false));
        yield return ("NewKey", Key(withSecret: true));
        yield return ("Book", Book(withSecret: false));
        yield return ("NewBook", Book(withSecret: true));
        yield return ("Currency", Object(("code", Schemas.Of(FieldTypes.CurrencyCode)), ("numericCode", Type("string")), ("minorUnits", Schemas.Of(FieldTypes.MinorUnits)), ("name", Type("string")), ("symbol", Type("string"))));
        yield return ("Country", Object(("code", Schemas.Of(FieldTypes.CountryCode)), ("alpha3", Type("string")), ("numericCode", Type("string")), ("name", Type("string")), ("currencies", List(Schemas.Of(FieldTypes.CurrencyCode)))));
        yield return ("City", Object(("name", Type("string")), ("country", Schemas.Of(FieldTypes.CountryCode)), ("population", Type("integer"))));
        foreach (var (name, schema) in StatementSchemas.All())
            yield return (name, schema);
        foreach (var name in new[] { "Account", "Customer", "Operation", "Quote", "Key", "Book", "Currency", "Country", "City" })
            yield return (name + "List", Object(("items", List(Schemas.Reference(name))), ("next", Optional(Type("string")))));
        yield return ("Problem", ProblemSchema());
    }

    static JsonObject Account() => Object(
        ("id", Schemas.Reference("Id")),
        ("kind", Schemas.Choice(Enum.GetValues<AccountKind>().Select(AccountJson.Name))),
        ("customer", Optional(Schemas.Reference("Id"))),
        ("currency", Schemas.Of(FieldTypes.CurrencyCode)),
        ("code", Optional(Schemas.Of(FieldTypes.AccountCode))),
        ("status", Schemas.Choice(Enum.GetValues<AccountStatus>().Select(AccountJson.Name))),
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

    static JsonObject Operation()
    {
        var entry = Object(("account", Optional(Schemas.Reference("Id"))), ("amount", Schemas.Reference("Money")), ("currency", Schemas.Of(FieldTypes.CurrencyCode)), ("balance", Schemas.Reference("Money")));
        var quote = Object(("rate", Schemas.Of(FieldTypes.QuoteRate)), ("date", Date()), ("revision", Schemas.Reference("Id")));
        return Object(
            ("id", Schemas.Reference("Id")),
            ("group", Schemas.Reference("Id")),
            ("kind", Schemas.Choice(OperationKinds.All)),
            ("at", new JsonObject { ["type"] = "string", ["format"] = "date-time" }),
            ("actor", Schemas.Of(FieldTypes.KeyName)),
            ("key", Optional(Schemas.Of(FieldTypes.IdempotencyKey))),
            ("entries", List(entry)),
            ("exchange", Object(("from", Schemas.Of(FieldTypes.CurrencyCode)), ("to", Schemas.Of(FieldTypes.CurrencyCode)), ("rate", Type("string")), ("fromQuote", quote), ("toQuote", quote.DeepClone().AsObject()))),
            ("description", Optional(Schemas.Of(FieldTypes.Description))),
            ("metadata", Type("object")),
            ("hash", new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9a-f]{64}$" }));
    }

    static JsonObject Key(bool withSecret)
    {
        var schema = Object(("name", Schemas.Of(FieldTypes.KeyName)), ("scopes", List(Schemas.Choice(ScopeNames.All))), ("createdAt", Type("string")), ("revokedAt", Optional(Type("string"))));
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
        ("errors", List(Object(("pointer", Type("string")), ("parameter", Type("string")), ("code", Type("string")), ("detail", Type("string"))))));

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

    static JsonObject Date() => new() { ["type"] = "string", ["format"] = "date" };
}
