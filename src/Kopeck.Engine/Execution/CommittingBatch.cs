using Kopeck.Engine.Storage;

namespace Kopeck.Engine.Execution;

/// <summary>A batch that was decided, and is being written or confirmed.</summary>
/// <param name="Rows">What is written; null for a batch of nothing but rejections and replays, whose head is read again instead.</param>
/// <param name="Written">Whether the guard let it pass.</param>
/// <param name="Confirmed">The book's row as read after the decision, where nothing is written.</param>
sealed record CommittingBatch(
    List<Submission> Submissions, Decisions Decisions, BatchRows? Rows, Task<bool>? Written, Task<BookRow?>? Confirmed)
{
    public Task Running => (Task?)Written ?? Confirmed!;

    /// <summary>The row that it was decided on.</summary>
    public required BookRow Before { get; init; }

    /// <summary>The lock under which it was decided, if any.</summary>
    public IBookLock? Lock { get; init; }
}
