using System.Diagnostics;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Execution;

/// <summary>Requests of one caller that wait for their outcome together.</summary>
sealed class Submission(Caller caller, IReadOnlyList<Request> items, bool isAtomic, bool isDryRun)
    : TaskCompletionSource<BatchOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public Caller Caller => caller;

    public IReadOnlyList<Request> Items => items;

    /// <summary>The trace of whoever asked.</summary>
    public ActivityContext Trace { get; } = EngineTrace.Current;

    public bool IsAtomic => isAtomic;

    public bool IsDryRun => isDryRun;

    /// <summary>The batch's own key, which no other request may have used, with what is in the batch; null where there is none.</summary>
    public BatchMark? Batch { get; init; }

    /// <summary>What it counts for in queues and batches: what could not even be read is no work.</summary>
    public int Commands { get; } = Math.Max(1, items.Count(item => item.Refusal is null));

    /// <summary>Refuses all of it; false when it was answered before.</summary>
    public bool Refuse(ErrorCode code, string detail)
    {
        var rejection = new Rejection(code, detail);
        return TrySetResult(new BatchOutcome(rejection, [.. items.Select(_ => Outcome.Rejected(rejection))]));
    }
}
