using Kopeck.Api.Inputs;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Calls;

/// <summary>An item of a batch or a stream: a request, or why it could not be read or may not be asked.</summary>
/// <param name="Kind">What it is; null where it does not say.</param>
public readonly record struct BatchItem(ItemRequest? Request, ItemKind? Kind, Rejection? Refusal)
{
    /// <summary>An item that is refused.</summary>
    public static BatchItem Refuse(ItemKind? kind, Rejection refusal) => new(null, kind, refusal);

    /// <summary>An item that was made in this program.</summary>
    internal static BatchItem Of(ItemRequest request, Identity who, int problemsLeft)
    {
        var kind = ItemKind.Of(request);
        if (Refusals.Forbid(kind.Call.Scope, who) is { } forbidden)
            return Refuse(kind, forbidden);
        var problems = new Problems(problemsLeft);
        foreach (var member in kind.Members)
            member.Check(request, problems, "", member.Pointer);
        request.CheckWhole(problems);
        return new BatchItem(request, kind, problems.Refusal);
    }

    /// <summary>The item as the engine takes it.</summary>
    internal Request ToRequest() => Refusal is { } refusal
        ? new Request { Refusal = refusal }
        : new Request { Command = Request!.ToCommand(), Key = Request.Key is { } key ? IdempotencyKey.Parse(key) : null };
}
