using Kopeck.Engine.Hosting;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.State;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Execution;

/// <summary>Looks up what batches need and the book's memory does not have. For one loop alone.</summary>
sealed class BookLookups(
    BookName book, ILedgerStore store, BookMemory memory, CatchUp catchUp, OutcomeInquiry inquiry, AcknowledgedHistory history,
    IDueWork dueWork,
    TimeProvider time, ILogger logger)
{
    const int MaxOvertaken = 4;

    /// <summary>
    /// Brings the state to the store's head with everything that a batch needs, and loads the groups that its keys stand for.
    /// </summary>
    /// <param name="withKeys">
    /// Whether requests' keys are looked up; otherwise one that is not known is taken as new, and the commit refuses it if it is not.
    /// </param>
    /// <param name="held">The lock under which that happens, if any: its row is the newest.</param>
    /// <returns>Null when other nodes wrote faster than this one could follow, which no lock kept them from.</returns>
    public async Task<Dictionary<long, StoredGroup>?> PrepareAsync(
        List<Submission> batch, bool isRetry, bool withKeys, IBookLock? held = null)
    {
        await inquiry.SettleAsync().ConfigureAwait(false);
        if (!memory.IsLoaded)
            await catchUp.LoadAsync().ConfigureAwait(false);
        else if (held is not null)
            await catchUp.AdvanceToAsync(held.Row, held.Missed).ConfigureAwait(false);
        else if (isRetry)
            await catchUp.AdvanceAsync().ConfigureAwait(false);
        // What a lost try looked up is looked up again, with the groups that its keys stand for.
        if (isRetry || !memory.HasRoom())
            memory.Trim();
        for (var overtaken = 0; overtaken < MaxOvertaken || held is not null; overtaken++)
        {
            var needs = NeedsOf(batch, withKeys);
            if (!needs.IsEmpty)
            {
                var found = await store.LookUpAsync(book, needs, CancellationToken.None).ConfigureAwait(false);
                if (await catchUp.AdvanceToAsync(found.Row).ConfigureAwait(false))
                    continue;
                memory.Take(new Prefetch(needs, found, withKeys));
            }

            return await LoadGroupsAsync(batch).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>
    /// Looks up what submissions need while the batch before them is being written. What this node knows already it keeps knowing until
    /// they are decided; what it does not know that batch did not touch, so it is the same before and after it. Null when the answer is of
    /// another history, or the store is away.
    /// </summary>
    public Task<Prefetch?> PrefetchAsync(List<Submission> submissions, bool withKeys, CommittingBatch committing) =>
        PrefetchAsync(NeedsOf(submissions, withKeys), withKeys, committing.Before, committing.Rows?.Next);

    /// <summary>
    /// Whether keys that were taken as new are, as of the batch that is being written. False too when that could not be learnt.
    /// </summary>
    public async Task<bool> AreNewAsync(IReadOnlyCollection<KeyDigest> keys, CommittingBatch committing)
    {
        var needs = new Needs();
        needs.Keys.UnionWith(keys);
        memory.State.ReduceToUnknown(needs);
        var prefetch = await PrefetchAsync(needs, withKeys: true, committing.Before, committing.Rows?.Next).ConfigureAwait(false);
        return prefetch is not null && (prefetch.Found is null || prefetch.Found.Facts.Keys.Count == 0);
    }

    /// <summary>
    /// Whether keys that were taken as new are. Under the book's lock, or as of the head that a commit or a look at the row confirms
    /// afterwards.
    /// </summary>
    public async Task<bool> AreNewAsync(IReadOnlyCollection<KeyDigest> keys)
    {
        var needs = new Needs();
        needs.Keys.UnionWith(keys);
        return (await store.LookUpAsync(book, needs, CancellationToken.None).ConfigureAwait(false)).Facts.Keys.Count == 0;
    }

    /// <summary>Looks up the accounts that submissions need, and keeps them where the book still is as this node knows it.</summary>
    public async Task FetchAccountsAsync(List<Submission> submissions)
    {
        if (!memory.IsLoaded || memory.State.Head != memory.Row.Head || memory.State.Mark() > 0)
            return;
        var accounts = new Needs();
        accounts.Accounts.UnionWith(BatchNeeds.Of(submissions, withKeys: false, memory.State).Accounts);
        memory.State.ReduceToUnknown(accounts);
        if (await PrefetchAsync(accounts, withKeys: false, memory.Row).ConfigureAwait(false) is { } prefetch)
            memory.Take(prefetch);
    }

    /// <summary>
    /// Takes what was looked up in advance into the state, now that the batch before is committed. Null when there is none, or it is time
    /// to forget.
    /// </summary>
    public async Task<Dictionary<long, StoredGroup>?> TryTakeAsync(Batch batch)
    {
        if (batch.Prefetches is not { } prefetches || !memory.IsLoaded || history.IsEpochOwed || history.StopReason is not null)
            return null;
        if (!memory.HasRoom())
        {
            memory.Trim();
            return null;
        }

        foreach (var prefetch in prefetches)
            memory.Take(prefetch);
        return await LoadGroupsAsync(batch.Submissions).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes what was looked up in advance into the state at once, while the batch before is being written. False when some of it was
    /// answered before, or it is time to forget.
    /// </summary>
    public bool TryTake(Prefetch prefetch, List<Submission> submissions)
    {
        if (history.StopReason is not null || !memory.HasRoom())
            return false;
        memory.Take(prefetch);
        return KnownGroups(submissions) is null;
    }

    Needs NeedsOf(List<Submission> batch, bool withKeys)
    {
        var needs = BatchNeeds.Of(batch, withKeys, memory.State);
        dueWork.CollectNeeds(memory.State, Instant.From(time.GetUtcNow()), needs);
        memory.State.ReduceToUnknown(needs);
        return needs;
    }

    /// <param name="heads">Where the book may be for the answer to count.</param>
    async Task<Prefetch?> PrefetchAsync(Needs needs, bool withKeys, params BookRow?[] heads)
    {
        if (needs.IsEmpty)
            return new Prefetch(needs, null, withKeys);
        try
        {
            var found = await store.LookUpAsync(book, needs, CancellationToken.None).ConfigureAwait(false);
            return found.Row is { } at && heads.Contains(at) ? new Prefetch(needs, found, withKeys) : null;
        }
        catch (Exception exception)
        {
            // Whoever needs the store next says that it is away.
            if (exception is not StorageUnavailableException)
                logger.AheadBroken(exception, book);
            return null;
        }
    }

    /// <summary>The groups that a batch's keys stand for, as they are now: an erasure may have changed what a replay shows.</summary>
    async Task<Dictionary<long, StoredGroup>> LoadGroupsAsync(List<Submission> batch) => KnownGroups(batch) is { } numbers
        ? await Replays.LoadAsync(store, book, numbers, CancellationToken.None).ConfigureAwait(false)
        : [];

    HashSet<long>? KnownGroups(List<Submission> batch)
    {
        HashSet<long>? numbers = null;
        foreach (var submission in batch)
        {
            if (submission.Batch is { } mark && memory.State.FindKey(mark.Key) is { } done)
                (numbers ??= []).Add(done);
            foreach (var item in submission.Items)
            {
                if (item.KeyDigest is { } key && memory.State.FindKey(key) is { } number)
                    (numbers ??= []).Add(number);
            }
        }

        return numbers;
    }
}
