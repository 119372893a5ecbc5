using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Execution;

/// <summary>What waits of one caller, in its order. For the queue's one reader alone.</summary>
sealed class SubmissionLane(KeyName caller)
{
    readonly Queue<Submission> waiting = new();

    /// <summary>Whose it is.</summary>
    public KeyName Caller => caller;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => waiting.Count == 0;

    /// <summary>Adds what came last.</summary>
    public void Add(Submission submission) => waiting.Enqueue(submission);

    /// <summary>Takes what came first until that is so many commands, one submission at least. How many commands that were.</summary>
    public int Take(List<Submission> into, int commands)
    {
        var taken = 0;
        while (taken < commands && waiting.TryDequeue(out var submission))
        {
            into.Add(submission);
            taken += submission.Commands;
        }

        return taken;
    }
}
