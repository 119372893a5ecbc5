using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.OpenApi;

/// <summary>The OpenAPI 3.1 document, made from the table of calls and the tables' fields.</summary>
public static class OpenApiDocument
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = CanonicalText.Encoder, NewLine = "\n" };

    /// <summary>The document as JSON text.</summary>
    public static string Write()
    {
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Kopeck",
                ["version"] = "v1",
                ["description"] =
                    "A multi-currency wallet ledger. Amounts are decimal strings, ids are strings, instants are RFC 3339 in UTC. Errors are RFC 9457 problems with a stable code.",
                ["license"] = new JsonObject { ["name"] = "MIT" },
            },
            ["security"] = new JsonArray(new JsonObject { ["apiKey"] = new JsonArray() }),
            ["paths"] = Paths(),
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["apiKey"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = "An API key of a book, or of the operator for books"
                    }
                },
                ["responses"] = new JsonObject
                {
                    ["Problem"] = new JsonObject
                    {
                        ["description"] = "A problem: see its code",
                        ["content"] = new JsonObject { [Problem.MediaType] = new JsonObject { ["schema"] = Schemas.Reference("Problem") } },
                    },
                },
                ["schemas"] = Schemas.All(),
            },
        };
        return document.ToJsonString(Indented) + "\n";
    }

    static JsonObject Paths()
    {
        var paths = new JsonObject();
        foreach (var calls in CallTable.All.GroupBy(call => call.Path, StringComparer.Ordinal))
        {
            var path = new JsonObject();
            foreach (var call in calls)
                path[call.Method.ToLowerInvariant()] = Operation(call);
            paths[calls.Key] = path;
        }

        return paths;
    }

    static JsonObject Operation(Call call)
    {
        var operation = new JsonObject
        {
            ["summary"] = call.Summary,
            ["operationId"] = OperationId(call),
            ["tags"] = new JsonArray(call.Segments[1]),
            ["x-scope"] =
                call.IsOperators
                    ? "operator"
                    : call.AnyScope != Scopes.None
                    ? call.ScopeNote ?? "each item's"
                    : call.Scope.ToString().ToLowerInvariant(),
            ["parameters"] = Parameters(call),
        };
        if (RequestBody(call) is { } body)
            operation["requestBody"] = body;
        operation["responses"] = Responses(call);
        return operation;
    }

    static string OperationId(Call call) =>
        call.Method.ToLowerInvariant()
            + string.Concat(
                call.Segments.Skip(1).SelectMany(segment => segment.Trim('{', '}').Split('-'))
                    .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    static JsonArray Parameters(Call call)
    {
        var parameters = new JsonArray();
        foreach (var place in call.Segments.Where(segment => segment[0] == '{'))
            parameters.Add(
                (JsonNode)new JsonObject
                {
                    ["name"] = place.Trim('{', '}'),
                    ["in"] = "path",
                    ["required"] = true,
                    ["schema"] = PathSchema(place)
                });
        foreach (var parameter in call.Parameters)
            parameters.Add(
                (JsonNode)new JsonObject
                {
                    ["name"] = parameter.Name,
                    ["in"] = "query",
                    ["required"] = parameter.IsRequired,
                    ["description"] = parameter.Description,
                    ["schema"] = ParameterSchema(parameter)
                });
        if (call.IsMutation)
        {
            parameters.Add((JsonNode)new JsonObject
            {
                ["name"] = "Idempotency-Key",
                ["in"] = "header",
                ["required"] = call.NeedsKey,
                ["description"] = "One key, one effect, one answer, for ever. Bare or in double quotes",
                ["schema"] = Schemas.Of(FieldTypes.IdempotencyKey),
            });
        }

        return parameters;
    }

    static JsonObject PathSchema(string place) => place switch
    {
        "{id}" => Schemas.Reference("Id"),
        "{date}" => new JsonObject { ["type"] = "string", ["format"] = "date" },
        "{currency}" => Schemas.Of(FieldTypes.CurrencyCode),
        _ => Schemas.Of(FieldTypes.KeyName),
    };

    static JsonObject ParameterSchema(Input parameter) => parameter.Kind switch
    {
        InputKind.Text => Schemas.Of(parameter.Field!),
        InputKind.Id => Schemas.Reference("Id"),
        InputKind.Receiver => Schemas.Receiver(),
        InputKind.Choice => Schemas.Choice(parameter.Words),
        InputKind.Currency => Schemas.Of(FieldTypes.CurrencyCode),
        InputKind.Date => new JsonObject { ["type"] = "string", ["format"] = "date" },
        InputKind.Number => new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["default"] = 0 },
        InputKind.Limit =>
            new JsonObject
            {
                ["type"] = "integer",
                ["minimum"] = 1,
                ["maximum"] = IListRequest.MaxLimit,
                ["default"] = IListRequest.DefaultLimit
            },
        InputKind.Flag => new JsonObject { ["type"] = "boolean", ["default"] = false },
        InputKind.Search => new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 300 },
        _ => new JsonObject { ["type"] = "string" },
    };

    static JsonObject? RequestBody(Call call)
    {
        JsonObject? content = call.BodyKind switch
        {
            BodyKind.Json => new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Schemas.Reference(call.BodyName!) } },
            BodyKind.Map => new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Schemas.Reference("QuotesByCurrency") } },
            BodyKind.Feed =>
                new JsonObject(call.BodyTypes.Select(type => KeyValuePair.Create<string, JsonNode?>(
                    type, new JsonObject { ["schema"] = FeedSchema(type) }))),
            _ => null,
        };
        return content is null ? null : new JsonObject { ["required"] = !call.MayLackBody, ["content"] = content };
    }

    static JsonObject FeedSchema(string type) => type switch
    {
        "application/json" => [],
        "application/zip" or "application/octet-stream" => new JsonObject { ["type"] = "string", ["format"] = "binary" },
        _ => new JsonObject { ["type"] = "string" },
    };

    static JsonObject Responses(Call call)
    {
        var content = new JsonObject { [call.MediaType] = new JsonObject { ["schema"] = Schemas.Reference(call.AnswerSchema) } };
        foreach (var type in call.Formats.Select(format => format.BareMediaType))
            content[type] ??= new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } };
        var success = new JsonObject { ["description"] = "Done", ["content"] = content };
        var responses = new JsonObject { [call.Success.ToString(CultureInfo.InvariantCulture)] = success };
        int[] statuses = call.IsMutation ? [400, 401, 403, 404, 406, 409, 413, 415, 422, 429, 503] : [400, 401, 403, 404, 406, 429, 503];
        foreach (var status in statuses)
            responses[status.ToString(CultureInfo.InvariantCulture)] = new JsonObject { ["$ref"] = "#/components/responses/Problem" };
        return responses;
    }

    /// <summary>All error codes, for the schema of problems.</summary>
    internal static IEnumerable<string> ErrorNames => Enum.GetValues<ErrorCode>().Select(code => code.Name());
}
