using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Execution;

/// <summary>
/// Takes a batch from the stage in which its turn finds it to a commit, and from there to its answers. For one loop alone.
/// <para>
/// A node that is alone is optimistic: it decides on the head that it knows and lets the guard judge. Nodes that compete take turns by the
/// book's lock (<see cref="LockedStart"/>). What was decided ahead (<see cref="AheadDecider"/>) is sent as it is.
/// </para>
/// </summary>
sealed class BatchCommitter(
    BookName book, ILedgerStore store, BookMemory memory, BookLookups lookups, CatchUp catchUp, OutcomeInquiry inquiry,
    AcknowledgedHistory history, Decider decider, BatchSender sender, LockedStart locked, Turns turns, KeyChecking keyChecking,
    BatchCounts counts, Action<BookName, long> onCommitted, EngineOptions options, ILogger logger)
{
    const int MaxLosses = 100;

    /// <summary>Decides what is not decided of a batch, and starts to write it.</summary>
    public async Task<CommittingBatch> StartAsync(Batch batch)
    {
        if (batch.Stage == BatchStage.Decided)
            return sender.Send(batch.Submissions, batch.DecidedAhead!, null);
        var started = turns.Next() ? null : await TryStartAloneAsync(batch).ConfigureAwait(false);
        return started ?? await locked.StartAsync(batch).ConfigureAwait(false);
    }

    /// <summary>Waits for a commit; tries again until it is done when another node wrote first.</summary>
    /// <param name="onTop">What was decided on top of it.</param>
    /// <returns>The batch that is to be answered: another one when the state went another way than it was decided on.</returns>
    public async Task<CommittingBatch> FinishAsync(CommittingBatch batch, Batch onTop)
    {
        bool isDone;
        try
        {
            isDone = await TryFinishAsync(batch, onTop).ConfigureAwait(false);
        }
        finally
        {
            await sender.ReleaseAsync(batch.Lock).ConfigureAwait(false);
        }

        return isDone ? batch : await RetryAsync(batch.Submissions).ConfigureAwait(false);
    }

    /// <summary>Without the lock. Null when other nodes wrote faster than this one could follow.</summary>
    async Task<CommittingBatch?> TryStartAloneAsync(Batch batch)
    {
        var areKeysChecked = keyChecking.Next();
        var groups = batch.Stage == BatchStage.Prefetched ? await lookups.TryTakeAsync(batch).ConfigureAwait(false) : null;
        if (groups is not null)
            areKeysChecked = batch.HasKeys;
        else
            groups = await lookups.PrepareAsync(batch.Submissions, isRetry: false, areKeysChecked).ConfigureAwait(false);
        if (groups is null)
            return null;
        var decisions = new Decisions();
        decider.Extend(decisions, batch.Submissions, groups, areKeysChecked);
        if (decisions.UncheckedKeys.Count == 0)
            return sender.Send(batch.Submissions, decisions, null);
        // Nothing is written for some keys, so that no commit would refuse them: they are looked up after all.
        decider.Undo(decisions);
        groups = await lookups.PrepareAsync(batch.Submissions, isRetry: false, withKeys: true).ConfigureAwait(false);
        return groups is null ? null : sender.Send(batch.Submissions, decider.Decide(batch.Submissions, groups), null);
    }

    async Task<CommittingBatch> RetryAsync(List<Submission> batch)
    {
        for (var losses = 1; losses < MaxLosses; losses++)
        {
            IBookLock? held = null;
            try
            {
                if (store.HasFairLocks || losses >= options.LossesBeforeLock)
                    held = await store.LockAsync(book, memory.KnownNumber).ConfigureAwait(false);
                var head = memory.Row.Head;
                var groups = await lookups.PrepareAsync(batch, isRetry: true, withKeys: true, held).ConfigureAwait(false);
                if (memory.Row.Head != head)
                    Lost(losses);
                if (groups is null)
                    continue;
                var again = sender.Send(batch, decider.Decide(batch, groups), held);
                if (await TryFinishAsync(again, null).ConfigureAwait(false))
                    return again;
            }
            finally
            {
                await sender.ReleaseAsync(held).ConfigureAwait(false);
            }
        }

        throw new StorageUnavailableException("Other nodes wrote first every time");
    }

    void Lost(int inARow)
    {
        if (store.HasFairLocks)
            turns.SawOther();
        counts.Lost(inARow);
        logger.BatchLost(book, inARow);
    }

    async Task<bool> TryFinishAsync(CommittingBatch batch, Batch? onTop)
    {
        if (batch.Rows is not { } rows)
        {
            if (!await catchUp.IsStillAtAsync(await batch.Confirmed!.ConfigureAwait(false)).ConfigureAwait(false))
                return false;
            Confirm(onTop?.DecidedAhead);
            return true;
        }

        if (await WaitAsync(batch, rows).ConfigureAwait(false) is not { } now)
        {
            decider.Undo(batch.Decisions);
            return false;
        }

        Follow(rows, now, onTop);
        return true;
    }

    /// <summary>The book's row as the commit made it; null when nothing was written, as another node wrote first.</summary>
    async Task<BookRow?> WaitAsync(CommittingBatch batch, BatchRows rows)
    {
        try
        {
            return await batch.Written!.ConfigureAwait(false) ? rows.Next : null;
        }
        catch (KeyUsedException)
        {
            keyChecking.FoundUsed();
            return null;
        }
        catch (OutcomeUnknownException exception)
        {
            logger.OutcomeUnknown(book, rows.Next.Head.Number, exception.Message);
            return await LearnAsync(batch, rows, exception).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not StorageUnavailableException)
        {
            // A bug, before the commit or after it: which, only the store knows.
            logger.CommitBroken(exception, book, rows.Next.Head.Number);
            if (await LearnAsync(batch, rows, exception).ConfigureAwait(false) is not { } now)
                throw;
            counts.Broke();
            return now;
        }
    }

    async Task<BookRow?> LearnAsync(CommittingBatch batch, BatchRows rows, Exception cause)
    {
        try
        {
            // It is of no use any more, and would be in the way.
            await sender.ReleaseAsync(batch.Lock).ConfigureAwait(false);
            return await inquiry.LearnAsync(rows, cause).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not StorageUnavailableException)
        {
            logger.CommitBroken(exception, book, rows.Next.Head.Number);
            history.IsEpochOwed = true;
            throw new StorageUnavailableException("Whether this was written could not be learnt", exception);
        }
    }

    // It is written, and will be answered so, whatever fails from here on; then memory starts anew from the store.
    void Follow(BatchRows rows, BookRow now, Batch? onTop)
    {
        try
        {
            history.Acknowledge(now);
            counts.Committed(rows.Operations.Count, now.Head.Number);
            memory.Follow(rows, now);
            Confirm(onTop?.DecidedAhead);
            onCommitted(book, now.Head.Number);
        }
        catch (Exception exception)
        {
            counts.Broke();
            logger.AfterCommitBroken(exception, book, now.Head.Number);
            memory.Forget();
            onTop?.Forget();
        }
    }

    // What is on top counts its savepoint from what is final.
    void Confirm(Decisions? onTop)
    {
        var isOnTop = onTop?.Outcomes.Count > 0;
        memory.State.Confirm(isOnTop ? onTop!.Savepoint : memory.State.Mark(), memory.Row.Head.At);
        if (isOnTop)
            onTop!.Savepoint = 0;
    }
}
