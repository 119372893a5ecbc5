using Kopeck.Engine.Requests;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;

namespace Kopeck.Embedded;

/// <summary>What became of a call: a value, or the reason why there is none.</summary>
public sealed record LedgerResult<T>
{
    readonly T? value;

    internal LedgerResult(T value) => this.value = value;

    internal LedgerResult(Rejection rejection) => Rejection = rejection;

    internal LedgerResult(T value, Outcome outcome)
        : this(value)
    {
        Operations = outcome.Group;
        AsOf = outcome.IsDryRun ? null : outcome.AsOf;
        IsReplay = outcome.IsReplay;
        IsDryRun = outcome.IsDryRun;
    }

    /// <summary>Why it was not done; null when it was.</summary>
    public Rejection? Rejection { get; }

    /// <summary>Whether it was done, or was so already.</summary>
    public bool IsAccepted => Rejection is null;

    /// <summary>The answer. Throws <see cref="LedgerException"/> where there is none.</summary>
    public T Value => Rejection is { } rejection ? throw new LedgerException(rejection) : value!;

    /// <summary>The operations that a change wrote, in order; none where it was so already. In a dry run their numbers and hashes mean nothing.</summary>
    public IReadOnlyList<Operation> Operations { get; init; } = [];

    /// <summary>The number of the last operation that the answer reflects; null where it has none, and in a dry run.</summary>
    public long? AsOf { get; init; }

    /// <summary>Whether an earlier request with the same key did it.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Whether it was only decided, not written.</summary>
    public bool IsDryRun { get; init; }
}
