using Kopeck.Ledger.Commands;
using Kopeck.Server.Answers;
using Kopeck.Server.Bodies;
using Kopeck.Server.Queries;

namespace Kopeck.Server.Calls;

/// <summary>Which bodies a call reads.</summary>
public enum BodyKind
{
    /// <summary>None; one that is sent is not read.</summary>
    None,

    /// <summary>A JSON object of the call's shape.</summary>
    Json,

    /// <summary>Nothing or an empty JSON object.</summary>
    Empty,

    /// <summary>A JSON object whose members are data, such as currencies.</summary>
    Map,

    /// <summary>A quote feed in its own format.</summary>
    Feed,
}

/// <summary>An API call: the one source for routing, scopes, strict reading and the OpenAPI document.</summary>
/// <param name="Path">With places in braces, such as <c>/v1/customers/{id}</c>.</param>
public sealed record Call(string Method, string Path, string Summary, Func<CallContext, ValueTask<Answer>> Handle)
{
    /// <summary>The most bytes of an ordinary body.</summary>
    public const int OrdinaryBodyLimit = 1 << 20;

    /// <summary>The most bytes of a batch or a feed.</summary>
    public const int LargeBodyLimit = 16 << 20;

    /// <summary>The scope that a key of a book needs.</summary>
    public Scopes Scope { get; init; }

    /// <summary>Whether it is the operator's.</summary>
    public bool IsOperators { get; init; }

    /// <summary>Which body it reads.</summary>
    public BodyKind BodyKind { get; init; }

    /// <summary>The body's shape.</summary>
    public Shape? Body { get; init; }

    /// <summary>The query parameters.</summary>
    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>Whether it refuses a request without an idempotency key.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>The most bytes of its body.</summary>
    public int BodyLimit { get; init; } = OrdinaryBodyLimit;

    /// <summary>The status of success.</summary>
    public int Success { get; init; } = 200;

    /// <summary>The name of the answer's schema in the OpenAPI document.</summary>
    public required string AnswerSchema { get; init; }

    /// <summary>The media type of success.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>The formats that a caller may choose by <c>format</c> or Accept; the first if none is chosen. Without any the answer is JSON.</summary>
    public IReadOnlyList<AnswerFormat> Formats { get; init; } = [];

    /// <summary>Whether it may change something, and so takes an idempotency key and a dry run.</summary>
    public bool IsMutation => Method is not "GET";

    /// <summary>The path's parts.</summary>
    public IReadOnlyList<string> Segments { get; } = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>All query parameters, with those of every mutation.</summary>
    public IReadOnlyList<QueryParameter> Parameters => field ??= IsMutation ? [.. Query, QueryParameter.DryRun] : Query;
}
