using System.Text.Json.Nodes;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.OpenApi;

/// <summary>The document's schemas: bodies from their calls' inputs, fields from the tables, answers by hand.</summary>
static class Schemas
{
    const string AmountPattern = @"^(0|[1-9][0-9]*)(\.[0-9]+)?$";
    const string MoneyPattern = @"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$";

    public static JsonObject All()
    {
        var schemas = new JsonObject();
        foreach (var name in new[] { "Id", "Amount", "Money" })
            schemas[name] = Plain(name);
        foreach (var (name, schema) in NamedWords.All())
            schemas[name] = schema;
        foreach (var (name, schema) in BodySchemas.All())
            schemas[name] = schema;
        foreach (var (name, schema) in AnswerSchemas.All())
            schemas[name] = schema;
        return schemas;
    }

    /// <summary>What a name of a text stands for, to be said in place.</summary>
    public static JsonObject Plain(string name) => name switch
    {
        "Id" => new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = "^(0|[1-9][0-9]*)$",
            ["description"] = "The number of the operation that made it",
        },
        "Amount" => new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = AmountPattern,
            ["description"] =
                "A decimal string such as 100.00: more than zero, at most the currency's decimals, at most 10^15 of its minor unit. "
                + "A plain JSON number is read too, digit by digit",
        },
        "Money" => new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = MoneyPattern,
            ["description"] = "A decimal with all of the currency's decimals",
        },
        // In place the words would be said twice.
        "CurrencyCode" => Of(FieldTypes.CurrencyCode),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "is no text"),
    };

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
}
