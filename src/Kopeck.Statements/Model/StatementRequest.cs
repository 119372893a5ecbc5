using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Statements.Model;

/// <summary>Whose statement.</summary>
public abstract record StatementSubject
{
    StatementSubject()
    {
    }

    /// <summary>One wallet.</summary>
    public sealed record OfWallet(long Id) : StatementSubject;

    /// <summary>All wallets of a customer.</summary>
    public sealed record OfCustomer(long Id) : StatementSubject;

    /// <summary>All wallets of the one customer who has this name now, case and accents ignored; else of the one whose name starts with it. Who was registered after the pin does not count.</summary>
    public sealed record OfName(string Name) : StatementSubject;
}

/// <summary>What statement to draw.</summary>
/// <param name="Since">Inclusive; null is from the beginning.</param>
/// <param name="Until">Exclusive; null is open.</param>
/// <param name="At">The number to pin it at; null is the last operation.</param>
public sealed record StatementRequest(BookName Book, StatementSubject Subject, Instant? Since = null, Instant? Until = null, PinPoint? At = null)
{
    /// <summary>Told how many lines each page had that was read.</summary>
    public Action<int>? OnPage { get; init; }
}

/// <summary>A point of the journal: a number, or the last operation at an instant.</summary>
/// <param name="Number">Null where the instant counts.</param>
public readonly record struct PinPoint(long? Number, Instant? Instant);

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
