using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Execution;

/// <summary>
/// Starts batches under the book's lock, which nodes that compete get in turn: nothing is decided in vain. As everybody waits for whoever
/// has it, little is done under it.
/// </summary>
sealed class LockedStart(
    BookName book, ILedgerStore store, BookMemory memory, BookLookups lookups, OutcomeInquiry inquiry, Decider decider, BatchSender sender,
    Turns turns, KeyChecking keyChecking, SubmissionQueue queue, EngineOptions options)
{
    /// <summary>Waits for the lock, decides under it, and starts to write.</summary>
    public async Task<CommittingBatch> StartAsync(Batch batch)
    {
        await inquiry.SettleAsync().ConfigureAwait(false);
        var locking = store.LockAsync(book, memory.KnownNumber).AsTask();
        try
        {
            await GatherWhileAsync(locking, batch).ConfigureAwait(false);
        }
        catch
        {
            await sender.ReleaseAsync(await locking.ConfigureAwait(false)).ConfigureAwait(false);
            throw;
        }

        var held = await locking.ConfigureAwait(false);
        try
        {
            // Others still write: taking turns goes on, as a try without the lock would be in vain, and lose its turn.
            if (held.Missed.Count > 0)
                turns.SawOther();
            TakeMore(batch);
            return await DecideAsync(batch.Submissions, held).ConfigureAwait(false);
        }
        catch
        {
            await sender.ReleaseAsync(held).ConfigureAwait(false);
            throw;
        }
    }

    // While another node writes, what comes is taken and the accounts that it needs are looked up.
    async Task GatherWhileAsync(Task locking, Batch batch)
    {
        await lookups.FetchAccountsAsync(batch.Submissions).ConfigureAwait(false);
        while (batch.Commands < options.MaxBatchCommands)
        {
            if (await Task.WhenAny(locking, queue.WaitForAsync(options.LookAheadCommands)).ConfigureAwait(false) == locking)
                return;
            await lookups.FetchAccountsAsync(TakeMore(batch)).ConfigureAwait(false);
        }
    }

    List<Submission> TakeMore(Batch batch)
    {
        var more = new List<Submission>();
        batch.Add(more, queue.Take(more, options.MaxBatchCommands - batch.Commands));
        batch.Add((Prefetch?)null);
        return more;
    }

    // Keys are left to the commit to refuse, as without a lock, but those of which nothing is written.
    async Task<CommittingBatch> DecideAsync(List<Submission> batch, IBookLock held)
    {
        var areKeysChecked = keyChecking.Next();
        var decisions = new Decisions();
        var groups = await lookups.PrepareAsync(batch, isRetry: true, areKeysChecked, held).ConfigureAwait(false);
        decider.Extend(decisions, batch, groups!, areKeysChecked);
        if (decisions.UncheckedKeys.Count == 0 || await lookups.AreNewAsync(decisions.UncheckedKeys).ConfigureAwait(false))
            return sender.Send(batch, decisions, held);
        decider.Undo(decisions);
        groups = await lookups.PrepareAsync(batch, isRetry: true, withKeys: true, held).ConfigureAwait(false);
        return sender.Send(batch, decider.Decide(batch, groups!), held);
    }
}
