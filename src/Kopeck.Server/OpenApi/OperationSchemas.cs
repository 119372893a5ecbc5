using System.Text.Json.Nodes;
using Kopeck.Ledger.Fields;
using static Kopeck.Server.OpenApi.Shapes;

namespace Kopeck.Server.OpenApi;

/// <summary>The schemas of operations and holds.</summary>
static class OperationSchemas
{
    public static IEnumerable<(string Name, JsonObject Schema)> All()
    {
        yield return ("Entry", Entry(isPreview: false));
        yield return ("HeldChange", HeldChange(isPreview: false));
        yield return ("PaidLeg", PaidLeg(isPreview: false));
        yield return ("UsedQuote", Object(
            ("units", Schemas.Of(FieldTypes.QuoteFigure)),
            ("base", Schemas.Of(FieldTypes.QuoteFigure)),
            ("date", Date()),
            ("revision", Id())));
        yield return ("Exchange", Object(
            ("from", Shapes.Currency()),
            ("to", Shapes.Currency()),
            ("rate", Text("Units of `to` for one unit of `from`, for display: the quotes are what counts")),
            ("date", Date()),
            ("fromQuote", Reference("UsedQuote")),
            ("toQuote", Reference("UsedQuote"))));
        yield return ("MovedLeg", Object(
            ("leg", Small()),
            ("amount", Money()),
            ("currency", Shapes.Currency()),
            Maybe("received", Money()),
            Maybe("receivedCurrency", Shapes.Currency())));
        yield return ("Reverses", Amounts(
            ("id", Id()),
            ("remaining", Nullable(Money())),
            ("reversed", Reference("ReversedState")),
            ("difference", Reference("Difference")),
            ("reason", Nullable(Schemas.Of(FieldTypes.Description)))));
        yield return ("ReversedBy", Amounts(("id", Id())));
        yield return ("Reversible", Amounts());
        yield return ("Hold", Hold("A hold", Told.Whole, isPreview: false));
        yield return ("ListedHold", Hold("A hold of a list: without its captures", Told.Receiver, isPreview: false));
        yield return ("HoldState", Hold(
            "A hold as an operation left it; its receiver and captures are told by the answer of a call on the hold",
            Told.Perhaps,
            isPreview: false));
        yield return ("Operation", Operation(isPreview: false));
        yield return ("HoldStatePreview", Hold("A hold as it would be", Told.Perhaps, isPreview: true));
        yield return ("OperationPreview", Operation(isPreview: true));
    }

    enum Told
    {
        Whole,
        Receiver,
        Perhaps,
    }

    static JsonObject Operation(bool isPreview) => Described(
        Object(
        [
            .. isPreview ? [] : new Member[] { ("id", Id()), ("group", Id()) },
            ("kind", Reference("OperationKind")),
            ("at", Time()),
            ("actor", Schemas.Of(FieldTypes.KeyName)),
            ("key", Nullable(Schemas.Of(FieldTypes.IdempotencyKey))),
            ("entries", List(isPreview ? Entry(isPreview) : Reference("Entry"))),
            Maybe("holds", List(isPreview ? HeldChange(isPreview) : Reference("HeldChange"))),
            Maybe("exchange", Reference("Exchange")),
            Maybe("hold", Reference(isPreview ? "HoldStatePreview" : "HoldState")),
            Maybe("legs", List(isPreview ? PaidLeg(isPreview) : Reference("PaidLeg"))),
            Maybe("reverses", Reference("Reverses")),
            .. isPreview ? [] : OfOneKind(),
            ("description", Nullable(Schemas.Of(FieldTypes.Description))),
            ("metadata", Metadata()),
            .. isPreview ? [] : new[] { ("hash", Hash()), Maybe("leaves", List(Hash())) },
            .. isPreview ? [] : new[] { Maybe("reversedBy", List(Reference("ReversedBy"))) },
            .. isPreview ? [] : new[] { Maybe("reversed", Reference("ReversedState")), Maybe("reversible", Reference("Reversible")) },
        ]),
        isPreview
            ? "What would be written: a dry run knows no id, number or hash, and null stands for what it would make first"
            : "An operation of the journal. What its kind does not have is left out");

    /// <summary>What only customers', accounts', books' and quotes' operations have.</summary>
    static Member[] OfOneKind() =>
    [
        Maybe("customer", Id()),
        Maybe("account", Id()),
        Maybe("accountKind", Reference("AccountKind")),
        Maybe("currency", Shapes.Currency()),
        Maybe("what", Reference("FreezeExtent")),
        Maybe("floor", Nullable(Money())),
        Maybe("date", Date()),
        Maybe("source", Schemas.Of(FieldTypes.QuoteSource)),
        Maybe("quotes", new JsonObject { ["type"] = "object", ["additionalProperties"] = Reference("QuotePair") }),
        Maybe("baseCurrency", Shapes.Currency()),
        Maybe("quoteMaxAgeDays", Schemas.Of(FieldTypes.QuoteMaxAgeDays)),
        Maybe("timeZone", Schemas.Of(FieldTypes.ZoneName)),
        Maybe("clockStandsAt", Time()),
    ];

    static JsonObject Entry(bool isPreview) => Object(
        ("account", Made(isPreview)), ("amount", Money()), ("currency", Shapes.Currency()), ("balance", Money()));

    static JsonObject HeldChange(bool isPreview) => Object(
        ("hold", Made(isPreview)), ("account", Id()), ("currency", Shapes.Currency()), ("change", Money()), ("held", Money()));

    static JsonObject PaidLeg(bool isPreview) => Object(
        ("to", Made(isPreview)),
        ("taken", Money()),
        ("received", Money()),
        ("currency", Shapes.Currency()),
        Maybe("exchange", Reference("Exchange")));

    static JsonObject Hold(string description, Told told, bool isPreview) => Described(
        Object(
        [
            isPreview ? Maybe("id", Id()) : ("id", Id()),
            ("account", Id()),
            new Member("to", Nullable(Receiver()), IsOptional: told == Told.Perhaps),
            ("currency", Shapes.Currency()),
            ("status", Reference("HoldStatus")),
            ("authorised", Money()),
            ("maxAmount", Nullable(Money())),
            ("captured", Money()),
            ("released", Money()),
            ("expired", Money()),
            ("remaining", Money()),
            ("expiresAt", Nullable(Time())),
            .. told == Told.Receiver
                ? []
                : new[]
                {
                    new Member(
                        "captures",
                        List(Object(("operation", Made(isPreview)), ("amount", Money()))),
                        IsOptional: told == Told.Perhaps),
                },
        ]),
        description);

    /// <summary>An id; null in a dry run that would make it first.</summary>
    static JsonObject Made(bool isPreview) => isPreview ? Nullable(Id()) : Id();

    /// <summary>What was moved of an operation: an amount, and legs where that does not say all.</summary>
    static JsonObject Amounts(params Member[] others) => Object(
    [
        .. others,
        ("amount", Nullable(Money())),
        ("currency", Nullable(Shapes.Currency())),
        Maybe("legs", List(Reference("MovedLeg"))),
    ]);
}
