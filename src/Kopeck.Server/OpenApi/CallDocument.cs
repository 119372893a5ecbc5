using System.Globalization;
using System.Text.Json.Nodes;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using static Kopeck.Server.OpenApi.Shapes;

namespace Kopeck.Server.OpenApi;

/// <summary>A call as the document tells it.</summary>
static class CallDocument
{
    public static JsonObject Write(Call call)
    {
        var operation = new JsonObject
        {
            ["summary"] = call.Summary,
            ["description"] = DescriptionOf(call),
            ["operationId"] = CallNames.IdOf(call),
            ["tags"] = new JsonArray(CallNames.TagOf(call)),
            ["x-scope"] = ScopeOf(call),
        };
        if (call.IsMutation)
            operation["x-dry-run-answer"] = Reference(AnswerSchemas.PreviewOf(call.AnswerSchema));
        var parameters = Parameters(call);
        if (parameters.Count > 0)
            operation["parameters"] = parameters;
        if (RequestBody(call) is { } body)
            operation["requestBody"] = body;
        operation["responses"] = Responses(call);
        Examples.AddTo(operation, call);
        return operation;
    }

    static string ScopeOf(Call call) => call.IsOperators
        ? "operator"
        : call.AnyScope != Scopes.None ? call.ScopeNote ?? "each item's" : call.Scope.ToString().ToLowerInvariant();

    static string DescriptionOf(Call call)
    {
        var scope = ScopeOf(call);
        var needs = scope switch
        {
            "operator" => "Needs the operator's key.",
            "each item's" => "Each item needs the scope of its kind.",
            "the original's" => "Needs the scope of the original's kind; of a reversal that of an administrator.",
            _ => $"Needs the scope `{scope}`.",
        };
        var key = call.NeedsKey ? " Needs an idempotency key." : call.IsMutation ? " Takes an idempotency key." : "";
        return $"{call.Summary}. {needs}{key}";
    }

    static JsonArray Parameters(Call call)
    {
        var parameters = new List<JsonNode>();
        foreach (var place in call.Segments.Where(segment => segment[0] == '{'))
            parameters.Add(new JsonObject
            {
                ["name"] = NameOf(call, place),
                ["in"] = "path",
                ["required"] = true,
                ["description"] = PlaceDescription(place),
                ["schema"] = PathSchema(place),
            });
        foreach (var parameter in call.Parameters)
            parameters.Add(new JsonObject
            {
                ["name"] = parameter.Name,
                ["in"] = "query",
                ["required"] = parameter.IsRequired,
                ["description"] = parameter.Description,
                ["schema"] = ParameterSchema(parameter),
            });
        foreach (var (name, description, isRequired, schema) in HeadersOf(call))
            parameters.Add(new JsonObject
            {
                ["name"] = name,
                ["in"] = "header",
                ["required"] = isRequired,
                ["description"] = description,
                ["schema"] = schema,
            });
        return new JsonArray([.. parameters]);
    }

    static IEnumerable<(string Name, string Description, bool IsRequired, JsonObject Schema)> HeadersOf(Call call)
    {
        if (call.IsMutation)
            yield return (
                "Idempotency-Key",
                "One key, one effect, one answer, for ever. Bare or in double quotes",
                call.NeedsKey,
                Schemas.Of(FieldTypes.IdempotencyKey));
        if (call.MediaType == JournalAnswer.EventStream)
            yield return (
                "Last-Event-ID",
                "The last number that you know, as a client of server-sent events names it when it comes back; it wins over `after`",
                false,
                Id());
    }

    static string NameOf(Call call, string place) =>
        CallNames.PathOf(call).Contains("{dateOrCurrency}", StringComparison.Ordinal) ? "dateOrCurrency" : place.Trim('{', '}');

    static string PlaceDescription(string place) => place switch
    {
        "{id}" => "The id",
        "{date}" => "The date of the quotes, at most 14 days ahead",
        "{currency}" => "The currency",
        _ => "The key's name",
    };

    static JsonObject PathSchema(string place) => place switch
    {
        "{id}" => Id(),
        "{date}" => Date(),
        "{currency}" => Shapes.Currency(),
        _ => Schemas.Of(FieldTypes.KeyName),
    };

    static JsonObject ParameterSchema(Input parameter) => parameter.Kind switch
    {
        InputKind.Text => Schemas.Of(parameter.Field!),
        InputKind.Id => Id(),
        InputKind.Receiver => Receiver(),
        InputKind.Choice => NamedWords.Reference(parameter.Words),
        InputKind.Currency => Shapes.Currency(),
        InputKind.Date => Date(),
        InputKind.Number => new JsonObject { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 0 },
        InputKind.Limit =>
            new JsonObject
            {
                ["type"] = "integer",
                ["format"] = "int32",
                ["minimum"] = 1,
                ["maximum"] = IListRequest.MaxLimit,
            },
        InputKind.Flag => Flag(),
        InputKind.Search => new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 300 },
        _ => Text(),
    };

    static JsonObject? RequestBody(Call call)
    {
        JsonObject? content = call.BodyKind switch
        {
            BodyKind.Json => new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reference(call.BodyName!) } },
            BodyKind.Map => new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reference("QuotesByCurrency") } },
            BodyKind.Feed =>
                new JsonObject(call.BodyTypes.Select(type => KeyValuePair.Create<string, JsonNode?>(
                    type, new JsonObject { ["schema"] = FeedSchema(type) }))),
            _ => null,
        };
        return content is null ? null : new JsonObject { ["required"] = !call.MayLackBody, ["content"] = content };
    }

    static JsonObject FeedSchema(string type) => type switch
    {
        "application/json" => new JsonObject { ["type"] = "object", ["additionalProperties"] = true },
        "application/zip" or "application/octet-stream" => Binary(),
        _ => Text(),
    };

    static JsonObject Responses(Call call)
    {
        var responses = new JsonObject { [Name(call.Success)] = Success(call) };
        foreach (var status in ProblemSchemas.StatusesOf(call))
            responses[Name(status)] = ProblemSchemas.ReferenceTo(status);
        return responses;
    }

    static string Name(int status) => status.ToString(CultureInfo.InvariantCulture);

    static JsonObject Success(Call call)
    {
        var content = new JsonObject { [call.MediaType] = new JsonObject { ["schema"] = AnswerOf(call) } };
        foreach (var type in call.Formats.Select(format => format.BareMediaType))
            content[type] ??= new JsonObject { ["schema"] = FileSchema(type) };
        var success = new JsonObject { ["description"] = call.Summary };
        if (HeadersOfSuccess(call) is { Count: > 0 } headers)
            success["headers"] = headers;
        success["content"] = content;
        return success;
    }

    static JsonObject AnswerOf(Call call) => call.MediaType == JournalAnswer.EventStream
        ? Described(
            Text(), "Server-sent events (WHATWG HTML, section 9.2): of each the id is the number, and the data an Operation as JSON")
        : Reference(call.AnswerSchema);

    static JsonObject FileSchema(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("xml", StringComparison.Ordinal)
            || type.EndsWith("ndjson", StringComparison.Ordinal) ? Text() : Binary();

    static JsonObject HeadersOfSuccess(Call call)
    {
        var headers = new JsonObject();
        if (call.IsMutation)
            headers["Idempotency-Replayed"] = Header("`true`: the answer is that of the same request before; left out otherwise", false);
        if (call.Formats.Count > 0)
            headers["Content-Disposition"] = Header("The file's name", true);
        return headers;
    }

    static JsonObject Header(string description, bool isRequired) =>
        new() { ["description"] = description, ["required"] = isRequired, ["schema"] = Type("string") };
}
