using Kopeck.Engine.Storage;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api;

/// <summary>The refusals that many calls and all interfaces have, worded once.</summary>
public static class Refusals
{
    /// <summary>Of parameters.</summary>
    /// <param name="problems">At least one; their pointers are the parameters' names.</param>
    /// <param name="more">How many more there are.</param>
    public static Rejection InvalidQuery(IReadOnlyList<FieldProblem> problems, int more = 0) =>
        new(ErrorCode.InvalidQuery, $"{problems[0].Pointer}: {problems[0].Detail}") { Fields = [.. problems], MoreFields = more };

    /// <summary>Of one parameter.</summary>
    public static Rejection InvalidQuery(string parameter, FieldError error) => InvalidQuery([new FieldProblem(parameter, error)]);

    /// <summary>Of an object that is not there.</summary>
    /// <param name="id">As it was asked for.</param>
    public static Rejection NotFound(string what, string id) =>
        new(ErrorCode.NotFound, $"There is no {what} {(id.Length is > 0 and <= 40 ? id : "of this id")} in this book");

    /// <summary>Of a call that is not one of the caller's.</summary>
    public static Rejection? Forbid(Call call, Identity who)
    {
        if (call.IsOperators)
            return who.IsOperator ? null : new Rejection(ErrorCode.Forbidden, "Only an operator's key manages books");
        if (who.Book is null)
            return new Rejection(ErrorCode.Forbidden, "An operator's key manages books and reads none: use a key of the book");
        if (call.AnyScope != Scopes.None && (who.Scopes & call.AnyScope) == Scopes.None)
            return new Rejection(
                ErrorCode.Forbidden,
                $"The key {who.Name} may do none of this: it needs one of the scopes {ScopeNames.Write(call.AnyScope)}");
        return Forbid(call.Scope, who);
    }

    /// <summary>Of what needs scopes that the caller has not.</summary>
    public static Rejection? Forbid(Scopes scope, Identity who) => (who.Scopes & scope) == scope
        ? null
        : new Rejection(
            ErrorCode.Forbidden, $"The key {who.Name} may not do this: it needs the scope {scope.ToString().ToLowerInvariant()}");

    /// <summary>Of what a store cannot do now.</summary>
    public static Rejection Unavailable(StorageUnavailableException exception) =>
        new(
            exception is StorageOverloadedException ? ErrorCode.Overloaded : ErrorCode.StorageUnavailable,
            exception.Message + ". Try again");

    /// <summary>Of an idempotency key.</summary>
    /// <param name="text">Null when none was sent.</param>
    /// <param name="source">What carries it.</param>
    public static Rejection? ReadKey(string? text, Call call, string source, out IdempotencyKey? key)
    {
        key = null;
        if (text is null)
            return call.NeedsKey ? new Rejection(
                ErrorCode.KeyRequired, $"Send {source}, so that a retry cannot move the money twice") : null;
        if (!IdempotencyKey.TryParse(text, out var parsed, out _))
            return new Rejection(ErrorCode.InvalidKey, $"{source} has 1 to {IdempotencyKey.MaxLength} visible ASCII characters, once");
        key = parsed;
        return null;
    }
}
