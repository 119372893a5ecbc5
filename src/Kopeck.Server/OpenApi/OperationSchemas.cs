using System.Text.Json.Nodes;
using Kopeck.Api.Answers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Reversals;
using static Kopeck.Server.OpenApi.AnswerSchemas;

namespace Kopeck.Server.OpenApi;

/// <summary>The schemas of operations and holds.</summary>
static class OperationSchemas
{
    public static JsonObject Operation() => Object(
        ("id", Id()),
        ("group", Id()),
        ("kind", Schemas.Choice(KindList.Names)),
        ("at", Time()),
        ("actor", Schemas.Of(FieldTypes.KeyName)),
        ("key", Optional(Schemas.Of(FieldTypes.IdempotencyKey))),
        ("entries", List(Object(
            ("account", Optional(Id())),
            ("amount", Money()),
            ("currency", Currency()),
            ("balance", Money())))),
        ("holds", List(Object(
            ("hold", Optional(Id())),
            ("account", Id()),
            ("currency", Currency()),
            ("change", Money()),
            ("held", Money())))),
        ("exchange", Exchange()),
        ("hold", Schemas.Reference("Hold")),
        ("legs", List(Object(
            ("to", Optional(Id())),
            ("taken", Money()),
            ("received", Money()),
            ("currency", Currency()),
            ("exchange", Exchange())))),
        ("reverses", Amounts(
            ("id", Id()),
            ("remaining", Optional(Money())),
            ("reversed", Schemas.Choice(["partly", "fully"])),
            ("difference", Schemas.Choice(Differences.All)),
            ("reason", Optional(Schemas.Of(FieldTypes.Description))))),
        ("description", Optional(Schemas.Of(FieldTypes.Description))),
        ("metadata", Type("object")),
        ("hash", new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9a-f]{64}$" }),
        ("leaves", List(new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9a-f]{64}$" })),
        ("reversedBy", List(Amounts(("id", Id())))),
        ("reversed", Schemas.Choice(ReversedStates.Words.All)),
        ("reversible", Amounts()));

    public static JsonObject Hold() => Object(
        ("id", Id()),
        ("account", Id()),
        ("to", Optional(new JsonObject { ["type"] = "string", ["pattern"] = "^(cash|0|[1-9][0-9]*)$" })),
        ("currency", Currency()),
        ("status", Schemas.Choice(HoldStatuses.All)),
        ("authorised", Money()),
        ("maxAmount", Optional(Money())),
        ("captured", Money()),
        ("released", Money()),
        ("expired", Money()),
        ("remaining", Money()),
        ("expiresAt", Optional(Time())),
        ("captures", List(Object(("operation", Optional(Id())), ("amount", Money())))));

    /// <summary>What was moved of an operation: an amount, and legs where that does not say all.</summary>
    static JsonObject Amounts(params (string Name, JsonObject Schema)[] others) => Object(
    [
        .. others,
        ("amount", Optional(Money())),
        ("currency", Optional(Currency())),
        ("legs", List(Object(
            ("leg", Type("integer")),
            ("amount", Money()),
            ("currency", Currency()),
            ("received", Money()),
            ("receivedCurrency", Currency())))),
    ]);

    static JsonObject Exchange() => Object(
        ("from", Currency()),
        ("to", Currency()),
        ("rate", Type("string")),
        ("date", Date()),
        ("fromQuote", Quote()),
        ("toQuote", Quote()));

    static JsonObject Quote() => Object(
        ("units", Schemas.Of(FieldTypes.QuoteFigure)),
        ("base", Schemas.Of(FieldTypes.QuoteFigure)),
        ("date", Date()),
        ("revision", Id()));

    static JsonObject Id() => Schemas.Reference("Id");

    static JsonObject Money() => Schemas.Reference("Money");

    static JsonObject Currency() => Schemas.Of(FieldTypes.CurrencyCode);

    static JsonObject Time() => new() { ["type"] = "string", ["format"] = "date-time" };
}
