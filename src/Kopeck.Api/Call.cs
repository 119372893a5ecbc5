using System.Text;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;

namespace Kopeck.Api;

/// <summary>A call of the API: the one source for routing, scopes, strict reading in every interface, and the OpenAPI document.</summary>
public abstract class Call
{
    /// <summary>The most bytes of an ordinary body.</summary>
    public const int OrdinaryBodyLimit = 1 << 20;

    /// <summary>The most bytes of a batch or a feed.</summary>
    public const int LargeBodyLimit = 16 << 20;

    static readonly Input DryRun = new InputsOf<CallRequest>().QueryFlag(
        "dryRun", "true: decide and answer as it would be, without the ids and hashes of what is new, and write nothing", r => r.DryRun,
        (r, flag) => r.DryRun = flag);

    private protected Call(string method, string path, string summary)
    {
        (Method, Path, Summary) = (method, path, summary);
        Segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Parameters = IsMutation ? [DryRun] : [];
    }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>Method and path, such as <c>POST /v1/transfers</c>: how logs and metrics name the call.</summary>
    public string Route => field ??= $"{Method} {Path}";

    /// <summary>The path, with places in braces, such as <c>/v1/customers/{id}</c>.</summary>
    public string Path { get; }

    /// <summary>What it does, in a sentence.</summary>
    public string Summary { get; }

    /// <summary>The path's parts.</summary>
    public IReadOnlyList<string> Segments { get; }

    /// <summary>The scope that a key of a book needs.</summary>
    public Scopes Scope { get; init; }

    /// <summary>Scopes of which a key needs at least one, for calls whose parts need scopes of their own.</summary>
    public Scopes AnyScope { get; init; }

    /// <summary>Whether it is the operator's.</summary>
    public bool IsOperators { get; init; }

    /// <summary>Which body it reads.</summary>
    public BodyKind BodyKind { get; init; }

    /// <summary>Whether no body at all means an empty object.</summary>
    public bool MayLackBody { get => field || BodyKind == BodyKind.Empty; init; }

    /// <summary>The name of the body's schema.</summary>
    public string? BodyName { get; init; }

    /// <summary>Whether it refuses a request without an idempotency key.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>The most bytes of its body.</summary>
    public int BodyLimit { get; init; } = OrdinaryBodyLimit;

    /// <summary>The HTTP status of success, where something was made.</summary>
    public int Success { get; init; } = 200;

    /// <summary>The name of the answer's schema in the OpenAPI document.</summary>
    public required string AnswerSchema { get; init; }

    /// <summary>The media type of success.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>
    /// The formats that a caller may choose by <c>format</c> or Accept; the first if none is chosen. Without any the answer is JSON.
    /// </summary>
    public IReadOnlyList<AnswerFormat> Formats { get; init; } = [];

    /// <summary>Media types of a feed's body.</summary>
    public IReadOnlyList<string> BodyTypes { get; init; } = ["application/json"];

    /// <summary>
    /// Whether it is a kind of item of batches; then its body's name is that of its schema and, in small letters, the word of its kind,
    /// unless <see cref="ItemWord"/> is another.
    /// </summary>
    public bool IsItem { get; init; }

    /// <summary>The word of its kind among items of batches.</summary>
    public string? ItemWord { get => IsItem ? field ?? BodyName!.ToLowerInvariant() : null; init; }

    /// <summary>What an item has in place of the places of the path.</summary>
    public IReadOnlyList<Input> ItemPlaces { get; private protected init; } = [];

    /// <summary>What the documents say of the scope where that depends on what is asked.</summary>
    public string? ScopeNote { get; init; }

    /// <summary>The places of the path, in order.</summary>
    public IReadOnlyList<Input> Places { get; private protected init; } = [];

    /// <summary>The query parameters.</summary>
    public IReadOnlyList<Input> Parameters { get; private protected init; } = [];

    /// <summary>The members of the body.</summary>
    public IReadOnlyList<Input> Members { get; private protected init; } = [];

    /// <summary>Whether it may change something, and so takes an idempotency key and a dry run.</summary>
    public bool IsMutation => Method is not "GET";

    /// <summary>A request without values.</summary>
    public abstract CallRequest NewRequest();

    /// <summary>Does it.</summary>
    public abstract ValueTask<Result> RunAsync(CallContext context, CallRequest request);

    /// <summary>Checks the parameters of a request that was made in this program.</summary>
    internal Rejection? CheckParameters(CallRequest request)
    {
        var problems = new Problems();
        foreach (var parameter in Parameters)
            parameter.Check(request, problems, "", parameter.Name);
        return problems.InvalidQuery;
    }

    /// <summary>Checks the body of a request that was made in this program.</summary>
    internal void CheckBody(CallRequest request, Problems problems)
    {
        foreach (var member in Members)
            member.Check(request, problems, "", member.Pointer);
        request.Check(problems);
        request.CheckWhole(problems);
    }

    /// <summary>What a list was asked for, in a fixed order: a cursor holds only for the same list.</summary>
    internal string Filters(CallRequest request)
    {
        StringBuilder? text = null;
        foreach (var parameter in Parameters)
        {
            if (parameter.Kind is InputKind.Limit or InputKind.Cursor || parameter.Text(request) is not { } given)
                continue;
            (text ??= new StringBuilder()).Append(text.Length > 0 ? "&" : "").Append(parameter.Name).Append('=').Append(given);
        }

        return text?.ToString() ?? "";
    }
}
