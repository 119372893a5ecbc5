using System.Text.Json.Nodes;
using Kopeck.Api.Calls;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Fields;
using static Kopeck.Server.OpenApi.Shapes;

namespace Kopeck.Server.OpenApi;

/// <summary>
/// The schemas of what is sent. They say how a careful client writes; that numbers are read where decimals are strings, and null where a
/// member may be left out, they do not promise.
/// </summary>
static class BodySchemas
{
    public static IEnumerable<(string Name, JsonObject Schema)> All()
    {
        foreach (var call in CallTable.All.Where(call => call.BodyName is not null))
            yield return (call.BodyName!, Body(call.Members));
        foreach (var kind in ItemKind.All)
            yield return (NameOf(kind), Item(kind));
        yield return ("BatchItem", Items());
        yield return ("QuotesByCurrency", new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["propertyNames"] = Shapes.Currency(),
            ["additionalProperties"] = Quote(),
            ["description"] = "A quote for each currency; the base currency's own cannot be loaded",
        });
        yield return ("QuotePair", Described(
            Closed(Object(("units", Schemas.Of(FieldTypes.QuoteFigure)), ("base", Schemas.Of(FieldTypes.QuoteFigure)))),
            "So many units are worth so much of the book's base currency, both as they were published and more than zero"));
    }

    static JsonObject Quote() => new()
    {
        ["oneOf"] = new JsonArray(
            Described(Schemas.Of(FieldTypes.QuoteFigure), "What one unit is worth in the book's base currency, more than zero"),
            Reference("QuotePair")),
    };

    static JsonObject Items()
    {
        var mapping = new JsonObject();
        foreach (var kind in ItemKind.All)
            mapping[kind.Word] = $"#/components/schemas/{NameOf(kind)}";
        return new JsonObject
        {
            ["oneOf"] = new JsonArray([.. ItemKind.All.Select(kind => (JsonNode)Reference(NameOf(kind)))]),
            ["discriminator"] = new JsonObject { ["propertyName"] = "kind", ["mapping"] = mapping },
            ["description"] = "An item of a batch: its kind says which",
        };
    }

    // The first of an item's members is its kind.
    static JsonObject Item(ItemKind kind) => Closed(Object(
    [
        (kind.Members[0].Name, Described(
            new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(kind.Word) }, kind.Members[0].Description)),
        .. Members(kind.Members.Skip(1)),
    ]));

    static string NameOf(ItemKind kind) => kind.Call.BodyName + "Item";

    static JsonObject Body(IReadOnlyList<Input> members) => Closed(Object([.. Members(members)]));

    static IEnumerable<Member> Members(IEnumerable<Input> members) =>
        members.Select(member => new Member(member.Name, MemberSchema(member), !member.IsRequired));

    static JsonObject Closed(JsonObject schema)
    {
        schema["additionalProperties"] = false;
        return schema;
    }

    static JsonObject MemberSchema(Input member)
    {
        // Words and currencies keep their own descriptions: beside a reference, generators lose another.
        var schema = member.Kind switch
        {
            InputKind.Text or InputKind.WholeNumber => Schemas.Of(member.Field!),
            InputKind.Id => Id(),
            InputKind.Receiver => Receiver(),
            InputKind.End => Time(),
            InputKind.Amount => Reference("Amount"),
            InputKind.Floor => Money(),
            InputKind.Currency => Shapes.Currency(),
            InputKind.Metadata => Metadata(),
            InputKind.Flag => Flag(),
            InputKind.Choice => NamedWords.Reference(member.Words),
            InputKind.Choices => Some(member, NamedWords.Reference(member.Words)),
            InputKind.Objects => Some(member, Body(member.Members)),
            _ => Some(member, Reference("BatchItem")),
        };
        if (IsNullable(member))
            schema = Nullable(schema);
        return Described(schema, member.Description);
    }

    // Some generated clients send null for whatever they may leave out and may be null. So null is told only where it is a plain value:
    // not of ends, which with null are for administrators.
    static bool IsNullable(Input member) => member.IsNullable && member.Kind != InputKind.End;

    static JsonObject Some(Input member, JsonObject item) =>
        new() { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = member.MaxItems, ["items"] = item };
}
