using System.Globalization;
using System.Text.Json.Nodes;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using static Kopeck.Server.OpenApi.Shapes;

namespace Kopeck.Server.OpenApi;

/// <summary>Problems, and the responses that are problems: one a status, with the codes and headers that it has.</summary>
static class ProblemSchemas
{
    public static IEnumerable<(string Name, JsonObject Schema)> All() =>
    [
        ("FieldProblem", Described(
            Object(
                Maybe("pointer", Text("The member, as a JSON pointer (RFC 6901)")),
                Maybe("parameter", Text("The query parameter or header, where it is none of the body")),
                ("code", Reference("FieldErrorCode")),
                ("detail", Text())),
            "What is wrong with a member or a parameter")),
        ("Candidate", Object(
            ("id", Id()),
            ("name", Schemas.Of(FieldTypes.CustomerName)),
            ("code", Nullable(Schemas.Of(FieldTypes.CustomerCode))),
            ("country", Country()),
            ("city", Schemas.Of(FieldTypes.CityName)))),
        ("ProblemCause", Object(
        [
            .. Common(),
            Maybe("moreErrors", Number()),
            Maybe("errors", List(Reference("FieldProblem"))),
        ])),
        ("Problem", Described(
            Object(
            [
                .. Common(),
                Maybe("item", Described(Small(), "batch_aborted: the place of the first item that failed, from 0")),
                Maybe("cause", Reference("ProblemCause")),
                Maybe("candidates", Described(List(Reference("Candidate")), "ambiguous_name: who is called so")),
                Maybe("moreErrors", Described(Number(), "How many errors there are beside those that are told")),
                Maybe("requestId", Text("What the log calls this request")),
                Maybe("errors", Described(List(Reference("FieldProblem")), "What is wrong, field by field")),
            ]),
            "A problem (RFC 9457): `code` is for programs, `detail` for people")),
    ];

    /// <summary>The responses by their names.</summary>
    public static JsonObject Responses()
    {
        var responses = new JsonObject();
        foreach (var status in Statuses)
            responses[NameOf(status)] = Response(status);
        return responses;
    }

    /// <summary>The problems that a call can answer.</summary>
    public static IEnumerable<int> StatusesOf(Call call)
    {
        yield return 400;
        yield return 401;
        yield return 403;
        if (call.Places.Count > 0 || call.NewRequest() is OperationsReportRequest)
            yield return 404;
        yield return 406;
        if (call is { AnswerSchema: "CustomerWithWallets" or "NewKey" or "NewBook" }
            || call.NewRequest() is OpenAccountRequest or OpenWalletRequest or ChangeCustomerRequest or OperationsReportRequest)
            yield return 409;
        if (call.BodyKind != BodyKind.None || call.NewRequest() is StatementCallRequest)
            yield return 413;
        if (call.BodyKind != BodyKind.None)
            yield return 415;
        if (call.BodyKind != BodyKind.None)
            yield return 422;
        yield return 429;
        yield return 500;
        yield return 503;
    }

    public static JsonObject ReferenceTo(int status) => new() { ["$ref"] = "#/components/responses/" + NameOf(status) };

    // A method that a path does not have is no call of the document.
    static IEnumerable<int> Statuses => Enum.GetValues<ErrorCode>().Select(code => code.Status())
        .Where(status => status != StatusCodes.Status405MethodNotAllowed).Distinct().Order();

    static IEnumerable<Member> Common() =>
    [
        ("type", Text("urn:kopeck:error: and the code")),
        ("title", Text("What the code says in a few words")),
        ("status", Status()),
        ("code", Reference("ErrorCode")),
        ("detail", Text("What happened, and what to do")),
    ];

    static JsonObject Status() => new() { ["type"] = "integer", ["format"] = "int32", ["minimum"] = 400, ["maximum"] = 599 };

    static JsonObject Response(int status)
    {
        var codes = Enum.GetValues<ErrorCode>().Where(code => code.Status() == status && code != ErrorCode.RouteNotFound).ToArray();
        var response = new JsonObject
        {
            ["description"] = string.Join(". ", codes.Select(code => $"`{code.Name()}`: {Problem.Title(code)}")),
        };
        if (Headers(status) is { } headers)
            response["headers"] = headers;
        var media = new JsonObject { ["schema"] = Reference("Problem") };
        if (Examples.OfStatus(status) is { Count: > 0 } examples)
            media["examples"] = examples;
        response["content"] = new JsonObject { [Problem.MediaType] = media };
        return response;
    }

    static JsonObject? Headers(int status) => status switch
    {
        401 => Header("WWW-Authenticate", "Bearer", Type("string")),
        429 or 503 => Header("Retry-After", "Seconds after which a retry makes sense, with the same key", Small()),
        _ => null,
    };

    static JsonObject Header(string name, string description, JsonObject schema) =>
        new() { [name] = new JsonObject { ["description"] = description, ["required"] = true, ["schema"] = schema } };

    static string NameOf(int status) => status switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        406 => "NotAcceptable",
        409 => "Conflict",
        413 => "TooLarge",
        415 => "UnsupportedMediaType",
        422 => "Refused",
        429 => "TooManyRequests",
        500 => "Internal",
        503 => "Unavailable",
        _ => "Status" + status.ToString(CultureInfo.InvariantCulture),
    };
}
