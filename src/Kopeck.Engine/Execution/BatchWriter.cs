using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Execution;

/// <summary>Decides batches and writes them: on a head, or on top of a batch that is being written. For one loop alone.</summary>
sealed class BatchWriter(BookName book, ILedgerStore store, BookMemory memory, SubmissionQueue queue, EngineOptions options, TimeProvider time, ISaltSource saltSource, ILogger logger)
{
    const int MaxLosses = 100;

    readonly SaltStash salts = new(saltSource);
    // Nodes that compete take turns by the book's lock for so many batches.
    int lockedBatches;
    // A key that was taken as new was not: keys are looked up for so many batches.
    int lookedUpBatches;

    /// <summary>What became of the batches.</summary>
    public BatchCounts Counts { get; } = new();

    bool LooksUpKeys => !store.IsRemote || lookedUpBatches > 0;

    // Whether the keys of a batch that starts are looked up.
    bool CountLookUp()
    {
        var isLookedUp = LooksUpKeys;
        lookedUpBatches = Math.Max(0, lookedUpBatches - 1);
        return isLookedUp;
    }

    /// <summary>Adds submissions to a batch that gathers, decided on top of the one that is being written where that can be: if that is lost, so is this.</summary>
    public async Task AddAheadAsync(Gathering next, List<Submission> chunk, int commands, Attempt ahead)
    {
        var found = await memory.LookAheadAsync(chunk, LooksUpKeys, ahead);
        next.Add(chunk, commands, found);
        if (next.Decided is not { } decided || await TryDecideAsync(decided, chunk, found, ahead))
            return;
        Undo(decided);
        next.Decided = null;
    }

    /// <summary>Brings everything to memory that a batch needs, decides it unless that was done in advance, and starts to write it.</summary>
    public async Task<Attempt> StartAsync(Gathering batch)
    {
        if (batch.IsDecided)
            return Write(batch.Submissions, batch.Decided!, null);
        if (lockedBatches > 0)
        {
            lockedBatches--;
            return await StartLockedAsync(batch);
        }

        var isLookedUp = CountLookUp();
        var decided = new Decided();
        if (await memory.TryAcceptAsync(batch) is { } accepted)
            Extend(decided, batch.Submissions, accepted, batch.HasKeys);
        else if (await memory.PrepareAsync(batch.Submissions, isRetry: false, isLookedUp) is { } prepared)
            Extend(decided, batch.Submissions, prepared, isLookedUp);
        else
            return await StartLockedAsync(batch);
        if (decided.Unproven.Count == 0)
            return Write(batch.Submissions, decided, null);
        Undo(decided);
        return await memory.PrepareAsync(batch.Submissions, isRetry: false, withKeys: true) is { } proven ? Decide(batch.Submissions, proven, null) : await StartLockedAsync(batch);
    }

    /// <summary>Waits for a commit; tries again, and answers, when another node wrote first.</summary>
    /// <param name="next">What gathers on top of it.</param>
    /// <returns>False when the state went another way than it was decided on.</returns>
    public async Task<bool> FinishAsync(Attempt attempt, Gathering next)
    {
        try
        {
            if (await TryFinishAsync(attempt, next))
                return true;
        }
        finally
        {
            if (attempt.Held is { } held)
                await held.DisposeAsync();
        }

        await RetryAsync(attempt.Submissions);
        return false;
    }

    /// <summary>Gives everyone his answer.</summary>
    public void Answer(Attempt attempt)
    {
        for (var place = 0; place < attempt.Submissions.Count; place++)
            attempt.Submissions[place].Answer(attempt.Decided.Outcomes[place]);
        queue.Answered(attempt.Commands);
    }

    async Task<bool> TryDecideAsync(Decided decided, List<Submission> chunk, LookAhead? found, Attempt ahead)
    {
        if (decided.Outcomes.Count == 0)
            decided.Mark = memory.State.Mark();
        // Nodes that compete take turns, and what was answered before is read from the store.
        if (found is null || lockedBatches > 0 || ahead.Held is not null || !memory.TryTake(found, chunk))
            return false;
        try
        {
            Extend(decided, chunk, [], found.HasKeys);
        }
        catch (Exception)
        {
            // It is decided again when nothing else is under way, and whoever sent it is told then.
            return false;
        }

        if (decided.Unproven.Count > 0 && !await memory.AreNewAsync(decided.Unproven, ahead))
            return false;
        decided.Unproven.Clear();
        return true;
    }

    /// <summary>The same as <see cref="StartAsync"/> under the book's lock, which nodes that compete get in turn: nothing is decided in vain.</summary>
    async Task<Attempt> StartLockedAsync(Gathering batch)
    {
        await memory.SettleAsync();
        var locking = store.LockAsync(book, memory.KnownNumber).AsTask();
        await GatherWhileAsync(locking, batch);
        var held = await locking;
        try
        {
            // Others still write: taking turns goes on, as a try without the lock would be in vain, and lose its turn.
            if (held.Since.Count > 0)
                lockedBatches = options.LockedBatches;
            // More may have come since.
            var more = new List<Submission>();
            var commands = queue.Take(more, options.MaxBatchCommands - batch.Commands);
            batch.Add(more, commands, null);
            return await DecideLockedAsync(batch.Submissions, held);
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    // While another node writes, what comes is taken and the accounts that it needs are looked up: whoever has the lock lets everybody wait.
    async Task GatherWhileAsync(Task locking, Gathering batch)
    {
        await memory.FetchAccountsAsync(batch.Submissions);
        while (batch.Commands < options.MaxBatchCommands && await Task.WhenAny(locking, queue.WaitForAsync(options.LookAheadCommands)) != locking)
        {
            var chunk = new List<Submission>();
            var commands = queue.Take(chunk, options.MaxBatchCommands - batch.Commands);
            batch.Add(chunk, commands, null);
            await memory.FetchAccountsAsync(chunk);
        }
    }

    // For the same reason keys are left to the commit to refuse, as without a lock, but those of which nothing is written.
    async Task<Attempt> DecideLockedAsync(List<Submission> batch, IBookLock held)
    {
        var isLookedUp = CountLookUp();
        var decided = new Decided();
        Extend(decided, batch, (await memory.PrepareAsync(batch, isRetry: true, isLookedUp, held))!, isLookedUp);
        if (decided.Unproven.Count == 0 || await memory.AreNewAsync(decided.Unproven))
            return Write(batch, decided, held);
        Undo(decided);
        return Decide(batch, (await memory.PrepareAsync(batch, isRetry: true, withKeys: true, held))!, held);
    }

    Attempt Decide(List<Submission> batch, Dictionary<long, StoredGroup> groups, IBookLock? held)
    {
        var decided = new Decided();
        Extend(decided, batch, groups, isLookedUp: true);
        return Write(batch, decided, held);
    }

    void Extend(Decided decided, List<Submission> batch, Dictionary<long, StoredGroup> groups, bool isLookedUp)
    {
        var state = memory.State;
        var now = Instant.From(time.GetUtcNow());
        var decider = new BatchDecider(state, now > state.Head.At ? now : state.Head.At, ClockProblem(now), salts.For(decided), groups);
        foreach (var submission in batch)
        {
            var outcome = decider.Decide(submission);
            decided.Outcomes.Add(outcome);
            if (!isLookedUp && !IsWritten(submission, outcome))
                decided.Unproven.AddRange(submission.Items.Select(item => item.KeyDigest).OfType<KeyDigest>());
        }

        decided.Applied.AddRange(decider.Applied);
    }

    void Undo(Decided decided)
    {
        memory.State.RollBack(decided.Mark);
        salts.Return(decided);
    }

    static bool IsWritten(Submission submission, BatchOutcome outcome) =>
        !submission.IsDryRun && outcome.Rejection is null && outcome.Outcomes.All(item => item.Rejection is null && item.Group.Count > 0);

    Attempt Write(List<Submission> batch, Decided decided, IBookLock? held)
    {
        var before = memory.Row;
        // Rejections and replays too are told only under a confirmed head.
        if (decided.Applied.Count == 0)
            return new Attempt(batch, decided, null, null, store.FindBookAsync(book, CancellationToken.None).AsTask()) { Before = before, Held = held };
        var rows = BatchRowsBuilder.Build(before, decided.Applied);
        return new Attempt(batch, decided, rows, store.CommitAsync(rows, held).AsTask(), null) { Before = before, Held = held };
    }

    async Task RetryAsync(List<Submission> batch)
    {
        for (var losses = 1; losses < MaxLosses; losses++)
        {
            IBookLock? held = null;
            try
            {
                if (store.HasFairLocks || losses >= options.LossesBeforeLock)
                    held = await store.LockAsync(book, memory.KnownNumber);
                var head = memory.Row.Head;
                var groups = await memory.PrepareAsync(batch, isRetry: true, withKeys: true, held);
                if (memory.Row.Head != head)
                    Lost(losses);
                if (groups is null)
                    continue;
                var attempt = Decide(batch, groups, held);
                if (await TryFinishAsync(attempt, null))
                {
                    Answer(attempt);
                    return;
                }
            }
            finally
            {
                if (held is not null)
                    await held.DisposeAsync();
            }
        }

        throw new StorageUnavailableException("Other nodes wrote first every time");
    }

    void Lost(int inARow)
    {
        if (store.HasFairLocks)
            lockedBatches = options.LockedBatches;
        Counts.Lost(inARow);
        logger.BatchLost(book, inARow);
    }

    async Task<bool> TryFinishAsync(Attempt attempt, Gathering? next)
    {
        var isDone = attempt.Rows is { } rows ? await IsWrittenAsync(attempt, rows) : await memory.IsStillAtAsync(await attempt.Confirmed!);
        if (!isDone)
        {
            if (attempt.Rows is not null)
                Undo(attempt.Decided);
            return false;
        }

        if (attempt.Rows is { } written)
            Counts.Committed(written.Operations.Count);
        Confirm(next?.Decided);
        return true;
    }

    // What is on top counts its marks from what is final.
    void Confirm(Decided? onTop)
    {
        var isOnTop = onTop?.Outcomes.Count > 0;
        memory.State.Confirm(isOnTop ? onTop!.Mark : memory.State.Mark(), memory.Row.Head.At);
        if (isOnTop)
            onTop!.Mark = 0;
    }

    async Task<bool> IsWrittenAsync(Attempt attempt, BatchRows rows)
    {
        try
        {
            if (!await attempt.Written!)
                return false;
        }
        catch (KeyUsedException)
        {
            lookedUpBatches = options.LookedUpBatches;
            return false;
        }
        catch (OutcomeUnknownException exception)
        {
            logger.OutcomeUnknown(book, rows.Next.Head.Number, exception.Message);
            // It is of no use any more, and would be in the way.
            if (attempt.Held is { } held)
                await held.DisposeAsync();
            return await memory.LearnOutcomeAsync(rows, exception, time);
        }

        memory.Acknowledge(rows);
        return true;
    }

    string? ClockProblem(Instant now)
    {
        var behind = memory.State.Head.At.Microseconds - now.Microseconds;
        return behind > options.MaxClockSkew.Ticks / (TimeSpan.TicksPerMillisecond / 1000)
            ? $"This node's clock is {behind / 1_000_000} s behind the book's last operation: nothing is written until it is set right"
            : null;
    }
}
