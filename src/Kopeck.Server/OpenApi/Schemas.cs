using System.Text.Json.Nodes;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Bodies;
using Kopeck.Server.Calls;

namespace Kopeck.Server.OpenApi;

/// <summary>The document's schemas: bodies from their shapes, fields from the tables, answers by hand.</summary>
static class Schemas
{
    const string AmountPattern = @"^(0|[1-9][0-9]*)(\.[0-9]+)?$";

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    public static JsonObject Choice(IEnumerable<string> words) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) };

    /// <summary>What the tables say of a field.</summary>
    public static JsonObject Of(FieldType field)
    {
        var schema = new JsonObject { ["type"] = field.Kind == FieldKind.Integer ? "integer" : "string", ["description"] = field.Description };
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
            ["Id"] = new JsonObject { ["type"] = "string", ["pattern"] = "^(0|[1-9][0-9]*)$", ["description"] = "The number of the operation that made it" },
            ["Amount"] = new JsonObject { ["type"] = new JsonArray("string", "number"), ["pattern"] = AmountPattern, ["description"] = "A decimal; a JSON number is read digit by digit" },
            ["Money"] = new JsonObject { ["type"] = "string", ["pattern"] = @"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$", ["description"] = "A decimal with all of the currency's decimals" },
            ["QuotesByCurrency"] = new JsonObject { ["type"] = "object", ["minProperties"] = 1, ["propertyNames"] = Of(FieldTypes.CurrencyCode), ["additionalProperties"] = Of(FieldTypes.QuoteRate) },
        };
        foreach (var shape in CallTable.All.Select(call => call.Body).OfType<Shape>().Concat(BatchCalls.Items))
            schemas[shape.Name] = Body(shape);
        schemas["BatchItem"] = new JsonObject { ["oneOf"] = new JsonArray([.. BatchCalls.Items.Select(shape => (JsonNode)Reference(shape.Name))]) };
        foreach (var (name, schema) in AnswerSchemas.All())
            schemas[name] = schema;
        return schemas;
    }

    static JsonObject Body(Shape shape)
    {
        var properties = new JsonObject();
        foreach (var member in shape.Members)
            properties[member.Name] = Member(member);
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        var required = shape.Members.Where(member => member.IsRequired).Select(member => (JsonNode)member.Name).ToArray();
        if (required.Length > 0)
            schema["required"] = new JsonArray(required);
        return schema;
    }

    static JsonObject Member(Member member)
    {
        var schema = member.Kind switch
        {
            MemberKind.Text or MemberKind.WholeNumber => Of(member.Field!),
            MemberKind.Id => Reference("Id"),
            MemberKind.Amount => Reference("Amount"),
            MemberKind.Floor => Reference("Money"),
            MemberKind.Currency => Of(FieldTypes.CurrencyCode),
            MemberKind.Metadata => new JsonObject { ["type"] = "object" },
            MemberKind.Flag => new JsonObject { ["type"] = "boolean", ["default"] = false },
            MemberKind.Choice => Choice(member.Words),
            MemberKind.Choices => new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = member.MaxItems, ["items"] = Choice(member.Words) },
            MemberKind.Objects => new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = member.MaxItems, ["items"] = Body(member.Item!) },
            _ => new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = member.MaxItems, ["items"] = Reference("BatchItem") },
        };
        if (member.IsNullable)
            schema = new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        schema["description"] = member.Description;
        return schema;
    }
}
