using Kopeck.Ledger.Errors;

namespace Kopeck.Statements.Model;

/// <summary>A statement to be written, or why there is none.</summary>
public sealed record StatementOutcome
{
    /// <summary>The statement.</summary>
    public Statement? Statement { get; private init; }

    /// <summary>Why there is none. For <see cref="ErrorCode.InvalidQuery"/> the fields' pointers are names of parameters.</summary>
    public Rejection? Rejection { get; private init; }

    internal static StatementOutcome Of(Statement statement) => new() { Statement = statement };

    internal static StatementOutcome Reject(Rejection rejection) => new() { Rejection = rejection };

    internal static StatementOutcome NotFound(string what) => Reject(new Rejection(ErrorCode.NotFound, $"There is no {what} in this book"));
}
