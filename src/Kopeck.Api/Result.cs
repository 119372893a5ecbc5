using Kopeck.Api.Answers;
using Kopeck.Ledger.Errors;

namespace Kopeck.Api;

/// <summary>What became of a call: an answer, or the reason why there is none.</summary>
public abstract record Result
{
    /// <summary>Why it was not done; null when it was.</summary>
    public Rejection? Rejection { get; init; }

    /// <summary>Whether it was done, or was so already.</summary>
    public bool IsAccepted => Rejection is null;

    /// <summary>Whether an earlier request with the same key did it.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Whether it was only decided, not written.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether it was so already, and nothing was written.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>The answer, of whatever type; null where there is none.</summary>
    public abstract Answer? Answer { get; }
}
