namespace Kopeck.Engine.Execution;

/// <summary>
/// Commands that go into one commit together, with what was looked up and decided for them while the batch before was being written.
/// </summary>
sealed class Batch
{
    readonly List<Prefetch> prefetches = [];
    bool lacksPrefetches;

    public List<Submission> Submissions { get; private init; } = [];

    public int Commands { get; private set; }

    public bool IsEmpty => Submissions.Count == 0;

    /// <summary>What was looked up, when it covers everything; null otherwise.</summary>
    public IReadOnlyList<Prefetch>? Prefetches => lacksPrefetches ? null : prefetches;

    /// <summary>What was decided while batches before were being written; null when all of it is decided later.</summary>
    public Decisions? DecidedAhead { get; private set; } = new();

    /// <summary>How far it is.</summary>
    public BatchStage Stage => !IsEmpty && DecidedAhead?.Outcomes.Count == Submissions.Count ? BatchStage.Decided
        : lacksPrefetches ? BatchStage.Gathered
        : BatchStage.Prefetched;

    /// <summary>Whether all keys were looked up in advance, as far as anything was.</summary>
    public bool HasKeys => prefetches.TrueForAll(found => found.HasKeys);

    /// <summary>Submissions of which nothing is known yet, for a start.</summary>
    public static Batch Of(IEnumerable<Submission> submissions)
    {
        var batch = new Batch { Submissions = [.. submissions] };
        batch.Commands = batch.Submissions.Sum(submission => submission.Commands);
        batch.Forget();
        return batch;
    }

    /// <summary>Adds submissions, which from then on share the batch's fate.</summary>
    public void Add(List<Submission> submissions, int commands)
    {
        Submissions.AddRange(submissions);
        Commands += commands;
    }

    /// <param name="found">What was looked up for those that were added last; null when that came to nothing.</param>
    public void Add(Prefetch? found)
    {
        if (found is null)
            lacksPrefetches = true;
        else
            prefetches.Add(found);
    }

    /// <summary>All of it is decided when its turn comes.</summary>
    public void DecideLater() => DecidedAhead = null;

    /// <summary>What was looked up and decided is of another history.</summary>
    public void Forget()
    {
        lacksPrefetches = !IsEmpty;
        DecidedAhead = IsEmpty ? new() : null;
    }
}
