using System.Text.Json.Nodes;
using Kopeck.Ledger.Fields;
using static Kopeck.Server.OpenApi.Shapes;

namespace Kopeck.Server.OpenApi;

/// <summary>
/// The schemas of answers: what an answer always has is required. A dry run knows no ids: what it answers has a schema of its own, whose
/// name ends in Preview.
/// </summary>
static class AnswerSchemas
{
    static readonly string[] Listed = ["Account", "Customer", "Operation", "Quote", "Key", "Currency", "Country", "City"];

    public static IEnumerable<(string Name, JsonObject Schema)> All() =>
    [
        ("Account", Account(isPreview: false)),
        ("AccountPreview", Account(isPreview: true)),
        ("Customer", Customer(null, isPreview: false)),
        ("CustomerPreview", Customer(null, isPreview: true)),
        ("CustomerWithWallets", Customer("Account", isPreview: false)),
        ("CustomerWithWalletsPreview", Customer("AccountPreview", isPreview: true)),
        .. OperationSchemas.All(),
        .. BatchSchemas.All(),
        ("Quote", Object(
            ("currency", Shapes.Currency()),
            ("date", Date()),
            ("units", Schemas.Of(FieldTypes.QuoteFigure)),
            ("base", Schemas.Of(FieldTypes.QuoteFigure)),
            ("revision", Id()),
            ("source", Schemas.Of(FieldTypes.QuoteSource)))),
        ("QuotesInForce", Object(
            ("date", Date()), ("baseCurrency", Shapes.Currency()), ("items", List(Reference("Quote"))), Next())),
        ("SkippedQuote", Object(("currency", Text()), ("code", Reference("FieldErrorCode")), ("detail", Text()))),
        ("QuoteLoad", QuoteLoad(isPreview: false)),
        ("QuoteLoadPreview", QuoteLoad(isPreview: true)),
        ("Key", Key()),
        ("NewKey", Key(Secret())),
        ("Head", Object(("number", Id()), ("hash", Hash()), ("at", Time()))),
        ("Book", Book(Head())),
        ("NewBook", Book(Head(), Secret())),
        ("BookPreview", Book(Maybe("head", Reference("Head")))),
        ("Currency", Object(
            ("code", Shapes.Currency()), ("numericCode", Text()), ("minorUnits", Schemas.Of(FieldTypes.MinorUnits)), ("name", Text()),
            ("symbol", Text()))),
        ("Country", Object(
            ("code", Country()), ("alpha3", Text()), ("numericCode", Text()), ("name", Text()), ("currencies", List(Shapes.Currency())))),
        ("City", Object(("name", Text()), ("country", Country()), ("population", Number()))),
        .. StatementSchemas.All(),
        .. ReportSchemas.All(),
        .. Listed.Select(name => (name + "List", Page(name))),
        ("HoldList", Page("ListedHold")),
        ("BookList", Object(
            ("items", List(Reference("Book"))), Next(),
            Maybe("unreadable", Described(
                List(Schemas.Of(FieldTypes.BookName)), "Books that are there and could not be read now; left out where there are none")))),
        .. ProblemSchemas.All(),
    ];

    /// <summary>The schema of what a dry run of a call answers.</summary>
    public static string PreviewOf(string schema) => schema switch
    {
        "NewKey" or "Key" => "Key",
        "NewBook" or "Book" => "BookPreview",
        _ => schema + "Preview",
    };

    static JsonObject Page(string item) => Object(("items", List(Reference(item))), Next());

    static Member Next() => (
        "next", Described(Nullable(Type("string")), "The cursor of the next page; null at the end"));

    static JsonObject QuoteLoad(bool isPreview) => Object(
    [
        ("source", Schemas.Of(FieldTypes.QuoteSource)),
        ("firstDate", Date()),
        ("lastDate", Date()),
        ("dates", Number()),
        ("loaded", Number()),
        ("unchanged", Number()),
        ("operations", Number()),
        .. isPreview ? [] : new Member[] { ("operation", Nullable(Id())) },
        ("skipped", List(Reference("SkippedQuote"))),
    ]);

    static JsonObject Account(bool isPreview) => Object(
    [
        isPreview ? Maybe("id", Id()) : ("id", Id()),
        ("kind", Reference("AccountKind")),
        ("customer", Nullable(Id())),
        ("currency", Shapes.Currency()),
        ("code", Nullable(Schemas.Of(FieldTypes.AccountCode))),
        ("status", Reference("AccountStatus")),
        ("posted", Money()),
        ("held", Money()),
        ("floor", Nullable(Money())),
        ("available", Nullable(Money())),
        .. isPreview ? [] : new[] { AsOf() },
    ]);

    static JsonObject Customer(string? wallet, bool isPreview)
    {
        var members = new List<Member> { isPreview ? Maybe("id", Id()) : ("id", Id()) };
        foreach (var column in CustomerDetails.Columns)
            members.Add((column.JsonName, column.Type.Name == "metadata" ? Metadata() : Nullable(Schemas.Of(column.Type))));
        members.Insert(2, ("country", Country()));
        members.Add(("erased", Flag()));
        if (!isPreview)
            members.Add(AsOf());
        if (wallet is not null)
            members.Add(("wallets", List(Reference(wallet))));
        return Object([.. members]);
    }

    static Member AsOf() => ("asOf", Described(Schemas.Plain("Id"), "The number of the journal that the answer is as of"));

    static JsonObject Key(params Member[] others) => Object(
    [
        ("name", Schemas.Of(FieldTypes.KeyName)),
        ("scopes", List(Reference("Scope"))),
        ("createdAt", Time()),
        ("revokedAt", Nullable(Time())),
        ("expiresAt", Nullable(Time())),
        ("lastUsedAt", Nullable(Time())),
        ("allowedNetworks", Nullable(Text("Where it may be used from: addresses and networks, parted by commas"))),
        ("rateLimit", Nullable(Described(Number(), "How many requests a second it may make to a server"))),
        ("oldSecretUntil", Nullable(Time())),
        .. others,
    ]);

    static JsonObject Book(params Member[] others) => Object(
    [
        ("name", Schemas.Of(FieldTypes.BookName)),
        ("baseCurrency", Shapes.Currency()),
        ("quoteMaxAgeDays", Schemas.Of(FieldTypes.QuoteMaxAgeDays)),
        ("timeZone", Schemas.Of(FieldTypes.ZoneName)),
        .. others,
    ]);

    static Member Head() => ("head", Reference("Head"));

    static Member Secret() => ("key", Text("The secret, shown this once: send it as Authorization: Bearer"));
}
