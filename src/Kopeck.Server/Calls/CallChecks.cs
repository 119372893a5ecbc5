using Kopeck.Engine.Keys;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Calls;

/// <summary>What every interface checks before a call is handled.</summary>
static class CallChecks
{
    /// <summary>The refusal of a key that may not make a call.</summary>
    public static Rejection? CheckScope(ApiKey key, Call call)
    {
        if (call.IsOperators != key.Book is null)
            return new Rejection(ErrorCode.Forbidden, call.IsOperators ? "Only an operator's key manages books" : "An operator's key manages books and reads none: use a key of the book");
        return (key.Scopes & call.Scope) == call.Scope
            ? null
            : new Rejection(ErrorCode.Forbidden, $"The key {key.Name} may not do this: it needs the scope {call.Scope.ToString().ToLowerInvariant()}");
    }

    /// <summary>The refusal of bad query parameters.</summary>
    public static Rejection InvalidQuery(IReadOnlyList<FieldProblem> problems) =>
        new(ErrorCode.InvalidQuery, $"{problems[0].Pointer}: {problems[0].Detail}") { Fields = [.. problems] };

    /// <summary>Reads an idempotency key; null when none was sent.</summary>
    /// <param name="source">What carries it, for the message.</param>
    public static Rejection? ReadKey(string? text, Call call, string source, out IdempotencyKey? key)
    {
        key = null;
        if (text is null)
            return call.NeedsKey ? new Rejection(ErrorCode.KeyRequired, $"Send {source}, so that a retry cannot move the money twice") : null;
        if (!IdempotencyKey.TryParse(text, out var parsed, out _))
            return new Rejection(ErrorCode.InvalidKey, $"{source} has 1 to {IdempotencyKey.MaxLength} visible ASCII characters, once");
        key = parsed;
        return null;
    }
}
