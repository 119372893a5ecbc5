using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Kopeck.Testing.Contracts;

/// <summary>Holds what a server really answers against the document: status, headers, media type and every member.</summary>
public sealed class AnswerContract(ApiDocument document)
{
    const string ProblemType = "application/problem+json";

    // An answer as long as this has many times the same: some of them show it.
    const int LongAnswer = 4_000;
    const int MostLongAnswers = 20;

    readonly ConcurrentDictionary<string, int> longAnswers = new(StringComparer.Ordinal);

    int checkedAnswers;

    public static AnswerContract Committed { get; } = new(ApiDocument.Committed);

    /// <summary>How many answers were looked at.</summary>
    public int Count => checkedAnswers;

    /// <summary>What is wrong with an answer.</summary>
    /// <param name="target">The path with its query.</param>
    public IReadOnlyList<string> Check(
        string method, string target, int status, IReadOnlyDictionary<string, string> headers, string body)
    {
        var parts = target.TrimStart('/').Split('?', 2);
        var path = "/" + parts[0];
        if (!path.StartsWith("/v1/", StringComparison.Ordinal))
            return [];
        Interlocked.Increment(ref checkedAnswers);
        // The web server's own, before anybody knows which call it is.
        if (status is 414 or 431 && body.Length == 0)
            return [];
        if (document.Find(method == "HEAD" ? "GET" : method, path) is not { } operation)
            return CheckStray(status, headers, method == "HEAD" ? null : body);
        if (document.Response(operation, status) is not { } response)
            return [$"{operation}: the status {status} is not in the document: {body}"];
        var wrong = new List<string>();
        CheckHeaders(response, headers, wrong);
        var type = headers.GetValueOrDefault("Content-Type", "").Split(';')[0];
        if (response["content"]?[type] is not JsonObject content)
            wrong.Add($"the media type {type} is not in the document");
        else if (method != "HEAD" && body.Length > 0 && type is "application/json" or ProblemType && !IsKnown(operation, body))
            wrong.AddRange(document.Check(SchemaOf(operation, content, status, IsDry(parts)), body));
        return [.. wrong.Select(problem => string.Create(CultureInfo.InvariantCulture, $"{operation} {status}: {problem}: {body}"))];
    }

    bool IsKnown(ApiOperation operation, string body) =>
        body.Length > LongAnswer && longAnswers.AddOrUpdate(operation.Id, 1, (_, seen) => seen + 1) > MostLongAnswers;

    static JsonObject SchemaOf(ApiOperation operation, JsonObject content, int status, bool isDry) => isDry && status < 300
        ? (JsonObject)operation.Json["x-dry-run-answer"]!
        : (JsonObject)content["schema"]!;

    static bool IsDry(string[] parts) => parts.Length == 2 && parts[1].Split('&').Contains("dryRun=true", StringComparer.Ordinal);

    // Whoever has no valid key learns nothing else; then there is no such path or no such method.
    IReadOnlyList<string> CheckStray(int status, IReadOnlyDictionary<string, string> headers, string? body)
    {
        if (status is not (400 or 401 or 404 or 405 or 429))
            return [$"The document has no such call, and it is answered with {status}: {body}"];
        if (status == 405 && !headers.ContainsKey("Allow"))
            return ["405 without Allow"];
        return body is not { Length: > 0 } || headers.GetValueOrDefault("Content-Type") != ProblemType
            ? []
            : document.Check(ApiDocument.Reference("Problem"), body);
    }

    static void CheckHeaders(JsonObject response, IReadOnlyDictionary<string, string> headers, List<string> wrong)
    {
        var known = response["headers"] as JsonObject ?? [];
        foreach (var (name, header) in known)
        {
            if (header!["required"]?.GetValue<bool>() == true && !headers.ContainsKey(name))
                wrong.Add($"the header {name} is missing");
        }

        foreach (var name in new[] { "Idempotency-Replayed", "Retry-After", "WWW-Authenticate", "Allow", "Content-Disposition" })
        {
            if (headers.ContainsKey(name) && !known.ContainsKey(name))
                wrong.Add($"the header {name} is not in the document");
        }
    }
}
