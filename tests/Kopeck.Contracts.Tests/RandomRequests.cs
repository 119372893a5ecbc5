using System.Globalization;
using System.Text.Json.Nodes;
using Kopeck.Testing.Contracts;

namespace Kopeck.Contracts.Tests;

/// <summary>A request that was made from the document alone.</summary>
/// <param name="IsValid">Whether the document allows it.</param>
sealed record RandomRequest(ApiOperation Operation, string Target, string? Body, string? Key, bool IsValid)
{
    public override string ToString() => $"{Operation.Method} {Target} {Body}";
}

/// <summary>Makes requests from the document: what it allows, and what is a little off.</summary>
sealed class RandomRequests(ApiDocument document, int seed)
{
    const int MostId = 60;
    const int OneIn = 4;

    static readonly string[] Amounts = ["0.01", "1", "1.00", "12.5", "99.99", "100000", "0", "1.005", "999999999999999", "3"];
    static readonly string[] Texts = ["Ada", "Grüße", "x", "Ольга", "a b", "O'Neill", "名前", "Z-1"];
    static readonly string[] Words = ["main", "fees", "promo", "reader", "a1", "branch", "k9"];
    static readonly string[] Odd =
        ["null", "true", "-1", "1e3", "[]", "{}", "\"\"", "\"\\u0000\"", "\"x\"", "12.5", "\"99999999999999999999\""];

    readonly Random random = new(seed);
    int made;

    public RandomRequest Next()
    {
        var operation = document.Operations[random.Next(document.Operations.Count)];
        var isValid = random.Next(OneIn) > 0;
        var path = operation.Path;
        var query = new List<string>();
        string? key = null;
        foreach (var parameter in operation.Parameters)
        {
            var (name, schema) = (parameter["name"]!.GetValue<string>(), (JsonObject)parameter["schema"]!);
            var isRequired = parameter["required"]!.GetValue<bool>();
            var text = name == "Idempotency-Key" ? $"random-{seed}-{made++}" : Value(schema, name)!.ToString();
            if (!isValid && random.Next(OneIn) == 0)
                text = Odd[random.Next(Odd.Length)];
            if (parameter["in"]!.GetValue<string>() == "path")
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(text), StringComparison.Ordinal);
            else if (name == "Idempotency-Key")
                key = text.Replace("\"", "", StringComparison.Ordinal);
            else if (parameter["in"]!.GetValue<string>() == "query" && (isRequired || random.Next(OneIn) == 0))
                query.Add($"{name}={Uri.EscapeDataString(text)}");
        }

        var body = operation.BodySchema is { } bodySchema ? Value(bodySchema, "body") : null;
        if (!isValid && body is JsonObject json)
            Spoil(json);
        return new RandomRequest(
            operation, query.Count == 0 ? path : $"{path}?{string.Join('&', query)}", body?.ToJsonString(), key, isValid);
    }

    void Spoil(JsonObject json)
    {
        var names = json.Select(member => member.Key).ToList();
        var name = names.Count == 0 || random.Next(OneIn) == 0 ? "surplus" : names[random.Next(names.Count)];
        if (json[name] is JsonArray { Count: > 0 } array && array[0] is JsonObject item && random.Next(2) == 0)
            Spoil(item);
        else if (random.Next(OneIn) == 0)
            json.Remove(name);
        else
            json[name] = JsonNode.Parse(Odd[random.Next(Odd.Length)]);
    }

    JsonNode? Value(JsonObject schema, string name)
    {
        if (schema["$ref"] is { } reference)
            return Value(
                (JsonObject)document.Json["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!,
                reference.GetValue<string>().EndsWith("/Amount", StringComparison.Ordinal) ? "amount" : name);
        if (schema["oneOf"] is JsonArray choices)
            return Value((JsonObject)choices[random.Next(choices.Count)]!, name);
        if (schema["enum"] is JsonArray words)
            return words[name == "currency" ? PopularCurrency(words) : random.Next(words.Count)]!.DeepClone();
        var type = schema["type"] is JsonArray types ? types[random.Next(types.Count)]! : schema["type"]!;
        return type.GetValue<string>() switch
        {
            "null" => null,
            "boolean" => random.Next(2) == 0,
            "integer" => Number(schema),
            "array" => new JsonArray([.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Value((JsonObject)schema["items"]!, name))]),
            "object" => Object(schema),
            _ => Text(schema, name),
        };
    }

    // Most accounts are in these.
    int PopularCurrency(JsonArray words)
    {
        var popular = random.Next(3) switch { 0 => "EUR", 1 => "USD", _ => "JPY" };
        return words.Select(word => word!.GetValue<string>()).ToList().IndexOf(popular);
    }

    JsonValue Number(JsonObject schema)
    {
        var least = schema["minimum"]?.GetValue<long>() ?? 0;
        var most = Math.Min(schema["maximum"]?.GetValue<long>() ?? 100, least + 400);
        return JsonValue.Create(random.NextInt64(least, most + 1));
    }

    JsonObject Object(JsonObject schema)
    {
        var json = new JsonObject();
        var required = (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
        {
            if (required.Contains(name) || random.Next(3) == 0)
                json[name] = Value((JsonObject)member!, name);
        }

        if (schema["properties"] is null && schema["minProperties"] is not null)
            json["USD"] = Value((JsonObject)schema["additionalProperties"]!, "quote");
        return json;
    }

    string Text(JsonObject schema, string name) => (schema["format"]?.ToString(), schema["pattern"]?.ToString(), name) switch
    {
        ("date", _, _) => DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + random.Next(20_000))
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ("date-time", _, _) => "2031-01-02T03:04:05Z",
        (_, "^[A-Z]{2}$", _) => random.Next(3) switch { 0 => "DE", 1 => "GB", _ => "US" },
        (_, _, "amount" or "by" or "maxAmount" or "floor" or "units" or "base" or "quote") => Amounts[random.Next(Amounts.Length)],
        (_, "^(0|[1-9][0-9]*)$", _) => random.Next(MostId).ToString(CultureInfo.InvariantCulture),
        (_, "^(cash|0|[1-9][0-9]*)$", _) => random.Next(3) == 0 ? "cash" : random.Next(MostId).ToString(CultureInfo.InvariantCulture),
        (_, { } pattern, _) when pattern.StartsWith("^(0|", StringComparison.Ordinal) => Amounts[random.Next(Amounts.Length)],
        (_, _, "allowedNetworks") => random.Next(2) == 0 ? "10.0.0.0/8,2001:db8::/32" : "127.0.0.1",
        (_, not null, "key") => $"item-{seed}-{made++}",
        (_, "^[A-Za-z][A-Za-z0-9_+/-]*$", _) => random.Next(2) == 0 ? "Europe/Berlin" : "UTC",
        (_, not null, _) => Words[random.Next(Words.Length)],
        _ => Plain(name),
    };

    string Plain(string name) => name switch
    {
        "at" or "since" or "until" or "expiresBefore" => random.Next(3) switch
        {
            0 => "2025-01-06",
            1 => "2025-01-06T09:15:02Z",
            _ => random.Next(1, MostId).ToString(CultureInfo.InvariantCulture),
        },
        "tz" => "Europe/Berlin",
        _ => Texts[random.Next(Texts.Length)],
    };
}
