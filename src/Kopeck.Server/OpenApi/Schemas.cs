using System.Text.Json.Nodes;
using Kopeck.Api.Calls;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.OpenApi;

/// <summary>The document's schemas: bodies from their shapes, fields from the tables, answers by hand.</summary>
static class Schemas
{
    const string AmountPattern = @"^(0|[1-9][0-9]*)(\.[0-9]+)?$";

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    public static JsonObject Choice(IEnumerable<string> words) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) };

    /// <summary>What the tables say of a field.</summary>
    public static JsonObject Of(FieldType field)
    {
        var schema =
            new JsonObject { ["type"] = field.Kind == FieldKind.Integer ? "integer" : "string", ["description"] = field.Description };
        if (field.MinLength is { } minLength)
            schema["minLength"] = minLength;
        if (field.MaxLength is { } maxLength)
            schema["maxLength"] = maxLength;
        if (field.Minimum is { } minimum)
            schema["minimum"] = minimum;
        if (field.Maximum is { } maximum)
            schema["maximum"] = maximum;
        if (field.Pattern is { } pattern)
            schema["pattern"] = pattern;
        if (field.Kind == FieldKind.Numeric)
            schema["pattern"] = $@"^(0|[1-9][0-9]{{0,{field.Precision - field.Scale - 1}}})(\.[0-9]{{1,{field.Scale}}})?$";
        return schema;
    }

    public static JsonObject All()
    {
        var schemas = new JsonObject
        {
            ["Id"] = new JsonObject
            {
                ["type"] = "string",
                ["pattern"] = "^(0|[1-9][0-9]*)$",
                ["description"] = "The number of the operation that made it"
            },
            ["Amount"] = new JsonObject { ["type"] = new JsonArray("string", "number"), ["pattern"] = AmountPattern, ["description"] = "A decimal; a JSON number is read digit by digit" },
            ["Money"] = new JsonObject { ["type"] = "string", ["pattern"] = @"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$", ["description"] = "A decimal with all of the currency's decimals" },
            ["QuotesByCurrency"] = new JsonObject
            {
                ["type"] = "object",
                ["minProperties"] = 1,
                ["propertyNames"] = Of(FieldTypes.CurrencyCode),
                ["additionalProperties"] = Quote()
            },
        };
        foreach (var call in CallTable.All.Where(call => call.BodyName is not null))
            schemas[call.BodyName!] = Body(call.Members);
        foreach (var kind in ItemKind.All)
            schemas[NameOf(kind)] = Body(kind.Members);
        schemas["BatchItem"] =
            new JsonObject { ["oneOf"] = new JsonArray([.. ItemKind.All.Select(kind => (JsonNode)Reference(NameOf(kind)))]) };
        foreach (var (name, schema) in AnswerSchemas.All())
            schemas[name] = schema;
        return schemas;
    }

    static JsonObject Quote() => new()
    {
        ["oneOf"] = new JsonArray(
            new JsonObject
            {
                ["type"] = new JsonArray("string", "number"),
                ["pattern"] = Of(FieldTypes.QuoteFigure)["pattern"]!.DeepClone(),
                ["description"] = "What one unit is worth in the book's base currency"
            },
            new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["description"] = "So many units are worth so much of the book's base currency",
                ["properties"] = new JsonObject { ["units"] = Of(FieldTypes.QuoteFigure), ["base"] = Of(FieldTypes.QuoteFigure) },
                ["required"] = new JsonArray("units", "base"),
            }),
    };

    static string NameOf(ItemKind kind) => kind.Call.BodyName + "Item";

    static JsonObject Body(IReadOnlyList<Input> members)
    {
        var properties = new JsonObject();
        foreach (var member in members)
            properties[member.Name] = Member(member);
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        var required = members.Where(member => member.IsRequired).Select(member => (JsonNode)member.Name).ToArray();
        if (required.Length > 0)
            schema["required"] = new JsonArray(required);
        return schema;
    }

    /// <summary>Who is paid.</summary>
    public static JsonObject Receiver() => new() { ["type"] = "string", ["pattern"] = "^(cash|0|[1-9][0-9]*)$" };

    static JsonObject Member(Input member)
    {
        var schema = member.Kind switch
        {
            InputKind.Text or InputKind.WholeNumber => Of(member.Field!),
            InputKind.Id => Reference("Id"),
            InputKind.Receiver => Receiver(),
            InputKind.End => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            InputKind.Amount => Reference("Amount"),
            InputKind.Floor => Reference("Money"),
            InputKind.Currency => Of(FieldTypes.CurrencyCode),
            InputKind.Metadata => new JsonObject { ["type"] = "object" },
            InputKind.Flag => new JsonObject { ["type"] = "boolean", ["default"] = false },
            InputKind.Choice => Choice(member.Words),
            InputKind.Choices =>
                new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = member.MaxItems, ["items"] = Choice(member.Words) },
            InputKind.Objects =>
                new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = member.MaxItems, ["items"] = Body(member.Members) },
            _ =>
                new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = member.MaxItems, ["items"] = Reference("BatchItem") },
        };
        if (member.IsNullable)
            schema = new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        schema["description"] = member.Description;
        return schema;
    }
}
