using Kopeck.Ledger.Fields;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Execution;

/// <summary>
/// Decides a batch while the one before it is being written, on top of it: if that is lost, so is this. What cannot be decided in advance
/// is decided when its turn comes, and whoever sent it is told then.
/// </summary>
sealed class AheadDecider(
    BookName book, BookMemory memory, BookLookups lookups, Decider decider, Turns turns, KeyChecking keyChecking, ILogger logger)
{
    /// <summary>Adds submissions to the next batch, and looks up and decides as much of it as can be.</summary>
    /// <param name="committing">The batch that is being written.</param>
    public async Task AddAsync(Batch next, List<Submission> submissions, int commands, CommittingBatch committing)
    {
        next.Add(submissions, commands);
        var prefetch = await TryPrefetchAsync(submissions, committing).ConfigureAwait(false);
        next.Add(prefetch);
        if (next.DecidedAhead is not { } decisions
            || await TryDecideAsync(decisions, submissions, prefetch, committing).ConfigureAwait(false))
            return;
        decider.Undo(decisions);
        next.DecideLater();
    }

    async Task<Prefetch?> TryPrefetchAsync(List<Submission> submissions, CommittingBatch committing)
    {
        try
        {
            return await lookups.PrefetchAsync(submissions, keyChecking.IsOn, committing).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logger.AheadBroken(exception, book);
            return null;
        }
    }

    async Task<bool> TryDecideAsync(Decisions decisions, List<Submission> submissions, Prefetch? prefetch, CommittingBatch committing)
    {
        if (decisions.Outcomes.Count == 0)
            decisions.Savepoint = memory.State.Mark();
        // Nodes that compete take turns, and what was answered before is read from the store.
        if (prefetch is null || turns.AreTaken || committing.Lock is not null)
            return false;
        try
        {
            if (!lookups.TryTake(prefetch, submissions))
                return false;
            decider.Extend(decisions, submissions, new Dictionary<long, StoredGroup>(), prefetch.HasKeys);
            if (decisions.UncheckedKeys.Count > 0 && !await lookups.AreNewAsync(decisions.UncheckedKeys, committing).ConfigureAwait(false))
                return false;
        }
        catch (Exception exception)
        {
            logger.AheadBroken(exception, book);
            return false;
        }

        decisions.UncheckedKeys.Clear();
        return true;
    }
}
