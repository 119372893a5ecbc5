using System.Text.Json;
using System.Text.Json.Nodes;
using Kopeck.Api.Calls;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.OpenApi;

/// <summary>The OpenAPI 3.1 document, made from the table of calls and the tables' fields.</summary>
public static class OpenApiDocument
{
    const string Description =
        """
        A multi-currency wallet ledger. Amounts are decimal strings, ids are strings, instants are RFC 3339 in UTC with microseconds.

        **Errors** are RFC 9457 problems with a stable `code`. A path that is none is `404 route_not_found`, a method that a path does not
        have `405 method_not_allowed` with the header `Allow`. Before it looks at a call the server refuses lines and headers that are too long
        with 414 and 431, without a body.

        **Idempotency**: every call that changes something takes the header `Idempotency-Key`. The same request with the same key is
        answered from the journal, byte for byte, with the header `Idempotency-Replayed: true`.

        **Dry runs**: with `dryRun=true` a call is decided and answered as it would be, without ids, numbers and hashes. Its answer has the
        schema that the call names in `x-dry-run-answer`; the schemas of `responses` are those of calls that are carried out.

        **Examples** are one story: sent in the order of this document to a book that was just opened in EUR, with the administrator's key
        (those of Books with the operator's), they answer what they say, but for times, hashes, secrets and opaque cursors.

        Answers may get more members and lists of words more words; what is here stays.
        """;

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
                ["description"] = Description.ReplaceLineEndings("\n"),
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
                ["contact"] = new JsonObject { ["name"] = "The Kopeck authors" },
            },
            ["servers"] = new JsonArray(
                new JsonObject { ["url"] = "/", ["description"] = "The server that this document is from" },
                new JsonObject { ["url"] = "http://127.0.0.1:5080", ["description"] = "A server as `kopeck serve` starts it" }),
            ["security"] = new JsonArray(new JsonObject { ["apiKey"] = new JsonArray() }),
            ["tags"] = new JsonArray(
                [.. CallNames.Tags.Select(tag => (JsonNode)new JsonObject { ["name"] = tag.Tag, ["description"] = tag.Description })]),
            ["paths"] = Paths(),
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["apiKey"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] =
                            "An API key of a book, or of the operator for books; or a token of an identity provider that the server's settings name. A token that is good for several books needs the header Kopeck-Book",
                    },
                },
                ["responses"] = ProblemSchemas.Responses(),
                ["schemas"] = Schemas.All(),
            },
        };
        return document.ToJsonString(Indented) + "\n";
    }

    static JsonObject Paths()
    {
        var paths = new JsonObject();
        foreach (var call in CallTable.All.OrderBy(CallNames.PlaceOf))
        {
            var path = CallNames.PathOf(call);
            if (paths[path] is not JsonObject calls)
                paths[path] = calls = [];
            calls[call.Method.ToLowerInvariant()] = CallDocument.Write(call);
        }

        return paths;
    }
}
