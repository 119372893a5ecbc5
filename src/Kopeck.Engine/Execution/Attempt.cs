using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Execution;

/// <summary>A batch that gathers, with what was looked up and decided for it in advance.</summary>
sealed class Gathering
{
    readonly List<LookAhead> lookAheads = [];
    bool isIncomplete;

    public List<Submission> Submissions { get; private init; } = [];

    public int Commands { get; private set; }

    public bool IsEmpty => Submissions.Count == 0;

    /// <summary>What was looked up, when it covers everything; null otherwise.</summary>
    public IReadOnlyList<LookAhead>? LookAheads => isIncomplete ? null : lookAheads;

    /// <summary>What was decided while batches before were being written; null when all of it is decided later.</summary>
    public Decided? Decided { get; set; } = new();

    /// <summary>Whether it can be written without further ado.</summary>
    public bool IsDecided => !IsEmpty && Decided?.Outcomes.Count == Submissions.Count;

    /// <summary>Whether all keys were looked up in advance, as far as anything was.</summary>
    public bool HasKeys => lookAheads.TrueForAll(found => found.HasKeys);

    /// <summary>Submissions of which nothing is known yet, for a start.</summary>
    public static Gathering Of(IEnumerable<Submission> submissions)
    {
        var gathering = new Gathering { Submissions = [.. submissions] };
        gathering.Commands = gathering.Submissions.Sum(submission => submission.Commands);
        gathering.Forget();
        return gathering;
    }

    /// <param name="found">What was looked up for them; null when that came to nothing.</param>
    public void Add(List<Submission> submissions, int commands, LookAhead? found)
    {
        Submissions.AddRange(submissions);
        Commands += commands;
        if (found is null)
            isIncomplete = true;
        else
            lookAheads.Add(found);
    }

    /// <summary>What was looked up and decided is of another history.</summary>
    public void Forget()
    {
        isIncomplete = !IsEmpty;
        Decided = IsEmpty ? new() : null;
    }
}

/// <summary>Decisions on top of a head, or of a batch that is yet to be confirmed.</summary>
sealed class Decided
{
    /// <summary>Where the state can be rolled back to.</summary>
    public int Mark { get; set; }

    public List<BatchOutcome> Outcomes { get; } = [];

    public List<Applied> Applied { get; } = [];

    /// <summary>The salts that went into it.</summary>
    public List<Digest> Salts { get; } = [];

    /// <summary>Keys that were taken as new without being looked up, of requests that write nothing: no commit would refuse them.</summary>
    public List<KeyDigest> Unproven { get; } = [];
}

/// <summary>A batch that was decided, and is being written or confirmed.</summary>
/// <param name="Rows">What is written; null for a batch of nothing but rejections and replays, whose head is read again instead.</param>
/// <param name="Written">Whether the guard let it pass.</param>
/// <param name="Confirmed">The book's row as read after the decision, where nothing is written.</param>
sealed record Attempt(List<Submission> Submissions, Decided Decided, BatchRows? Rows, Task<bool>? Written, Task<BookRow?>? Confirmed)
{
    public Task Running => (Task?)Written ?? Confirmed!;

    public int Commands => Submissions.Sum(submission => submission.Commands);

    /// <summary>The row that it was decided on.</summary>
    public required BookRow Before { get; init; }

    /// <summary>The lock under which it was decided, if any.</summary>
    public IBookLock? Held { get; init; }
}
