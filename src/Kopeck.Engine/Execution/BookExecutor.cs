using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Execution;

/// <summary>
/// The one writer of a book on this node: takes all that is waiting, decides it, writes it in one commit, and answers under a confirmed head.
/// While one batch commits, the next gathers and what it needs is looked up. One loop does all of it, so the state in memory is never shared.
/// </summary>
sealed class BookExecutor : IAsyncDisposable
{
    const int MaxLosses = 100;

    readonly BookName book;
    readonly ILedgerStore store;
    readonly EngineOptions options;
    readonly TimeProvider time;
    readonly ISaltSource salts;
    readonly ILogger logger;
    readonly BookMemory memory;
    readonly SubmissionQueue queue;
    readonly Task loop;
    int lockedBatches;
    int lookedUpBatches;

    public BookExecutor(BookName book, ILedgerStore store, EngineOptions options, TimeProvider time, ISaltSource salts, ILogger logger)
    {
        this.book = book;
        this.store = store;
        this.options = options;
        this.time = time;
        this.salts = salts;
        this.logger = logger;
        memory = new BookMemory(book, store, options, logger);
        queue = new SubmissionQueue(options.QueueCapacity);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Why the book is stopped on this node; null while it runs.</summary>
    public string? StopReason => memory.StopReason;

    /// <summary>Commands that wait.</summary>
    public int Waiting => queue.Unanswered;

    /// <summary>What became of the batches.</summary>
    public BatchCounts Counts { get; } = new();

    public Task<BatchOutcome> SubmitAsync(Submission submission)
    {
        switch (queue.TryEnqueue(submission))
        {
            case QueueRefusal.Full:
                submission.Refuse(ErrorCode.Overloaded, "Too many commands are waiting: try again in a second with the same key");
                break;
            case QueueRefusal.Closed:
                submission.Refuse(ErrorCode.StorageUnavailable, "This node is shutting down: try again with the same key");
                break;
        }

        return submission.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Close();
        await loop;
    }

    async Task RunAsync()
    {
        Attempt? committing = null;
        var next = new Gathering();
        while (true)
        {
            if (committing is not null)
            {
                await GatherAsync(next, committing);
                var isKept = await GuardAsync(committing.Submissions, () => FinishAsync(committing, next));
                var done = committing;
                committing = null;
                if (isKept && next.IsDecided)
                {
                    // It is on its way before the answers of the one before are written.
                    committing = await StartAsync(next);
                    next = new Gathering();
                }

                if (isKept)
                    Answer(done);
                else
                    next.ForgetLookAheads();
                if (committing is not null)
                    continue;
            }

            if (next.IsEmpty && !await TakeAsync(next))
                return;
            committing = await StartAsync(next);
            next = new Gathering();
        }
    }

    /// <summary>Waits for something to do; false when nothing will come any more.</summary>
    async Task<bool> TakeAsync(Gathering next)
    {
        var taken = new List<Submission>();
        while (taken.Count == 0)
        {
            if (!await queue.WaitAsync())
                return false;
            var commands = queue.Take(taken, options.MaxBatchCommands);
            next.Add(taken, commands, null);
            next.Decided = null;
        }

        return true;
    }

    /// <summary>While a batch commits: takes what comes, looks up what it needs and decides it, not for a few but for enough at once to be worth a round trip.</summary>
    async Task GatherAsync(Gathering next, Attempt committing)
    {
        while (next.Commands < options.MaxBatchCommands)
        {
            var first = await Task.WhenAny(committing.Running, queue.WaitForAsync(options.LookAheadCommands));
            if (first == committing.Running)
                return;
            var chunk = new List<Submission>();
            var commands = queue.Take(chunk, options.MaxBatchCommands - next.Commands);
            if (chunk.Count == 0)
                continue;
            var found = await memory.LookAheadAsync(chunk, LooksUpKeys, committing);
            next.Add(chunk, commands, found);
            if (next.Decided is not null && !await TryDecideAheadAsync(next.Decided, chunk, found, committing))
            {
                memory.State.RollBack(next.Decided.Mark);
                next.Decided = null;
            }
        }

        await Task.WhenAny(committing.Running);
    }

    bool LooksUpKeys => !store.IsLookUpDear || lookedUpBatches > 0;

    /// <summary>Decides on top of a batch that is being written: if that is lost, so is this. False when it has to be decided later.</summary>
    async Task<bool> TryDecideAheadAsync(Decided decided, List<Submission> chunk, LookAhead? found, Attempt committing)
    {
        if (decided.Outcomes.Count == 0)
            decided.Mark = memory.State.Mark();
        // Nodes that compete take turns, and what was answered before is read from the store.
        if (found is null || lockedBatches > 0 || committing.Held is not null || !memory.TryTake(found, chunk))
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

        if (decided.Unproven.Count > 0 && !await memory.AreNewAsync(decided.Unproven, committing))
            return false;
        decided.Unproven.Clear();
        return true;
    }

    /// <summary>Starts to write a batch; null when it was refused.</summary>
    async Task<Attempt?> StartAsync(Gathering batch)
    {
        Attempt? started = null;
        await GuardAsync(batch.Submissions, async () =>
        {
            started = await DecideAndWriteAsync(batch);
            return true;
        });
        return started;
    }

    /// <summary>Brings everything to memory that a batch needs, decides it unless that was done in advance, and starts to write it.</summary>
    async Task<Attempt> DecideAndWriteAsync(Gathering batch)
    {
        if (batch.IsDecided)
            return Write(batch.Submissions, batch.Decided!, null);
        if (lockedBatches > 0)
        {
            lockedBatches--;
            return await StartLockedAsync(batch);
        }

        var isLookedUp = LooksUpKeys;
        lookedUpBatches = Math.Max(0, lookedUpBatches - 1);
        var decided = new Decided();
        if (await memory.TryAcceptAsync(batch) is { } accepted)
            Extend(decided, batch.Submissions, accepted, batch.HasKeys);
        else
            Extend(decided, batch.Submissions, await memory.PrepareAsync(batch.Submissions, isRetry: false, isLookedUp), isLookedUp);
        if (decided.Unproven.Count == 0)
            return Write(batch.Submissions, decided, null);
        memory.State.RollBack(0);
        return Decide(batch.Submissions, await memory.PrepareAsync(batch.Submissions, isRetry: false, withKeys: true), null);
    }

    /// <summary>The same under the book's lock, which nodes that compete get in turn: nothing is decided in vain.</summary>
    async Task<Attempt> StartLockedAsync(Gathering batch)
    {
        await memory.SettleAsync();
        var held = await store.LockAsync(book);
        try
        {
            // Waiting for the lock took time, in which more may have come.
            var more = new List<Submission>();
            var commands = queue.Take(more, options.MaxBatchCommands - batch.Commands);
            batch.Add(more, commands, null);
            return Decide(batch.Submissions, await memory.PrepareAsync(batch.Submissions, isRetry: true, withKeys: true, held), held);
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
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
        var decider = new BatchDecider(state, now > state.Head.At ? now : state.Head.At, ClockProblem(now), salts, groups);
        foreach (var submission in batch)
        {
            var outcome = decider.Decide(submission);
            decided.Outcomes.Add(outcome);
            if (!isLookedUp && !IsWritten(submission, outcome))
                decided.Unproven.AddRange(submission.Items.Select(item => item.KeyDigest).OfType<KeyDigest>());
        }

        decided.Applied.AddRange(decider.Applied);
    }

    static bool IsWritten(Submission submission, BatchOutcome outcome) =>
        !submission.IsDryRun && outcome.Rejection is null && outcome.Outcomes.All(item => item.Rejection is null && item.Group.Count > 0);

    Attempt Write(List<Submission> batch, Decided decided, IBookLock? held)
    {
        var row = memory.Row;
        // Rejections and replays too are told only under a confirmed head.
        if (decided.Applied.Count == 0)
            return new Attempt(batch, decided.Outcomes, null, null, store.FindBookAsync(book, CancellationToken.None).AsTask()) { Before = row, Mark = decided.Mark, Held = held };
        var rows = BatchRowsBuilder.Build(row, decided.Applied);
        return new Attempt(batch, decided.Outcomes, rows, store.CommitAsync(rows, held).AsTask(), null) { Before = row, Mark = decided.Mark, Held = held };
    }

    /// <summary>Waits for a commit; tries again, and answers, when another node wrote first. False when the state went another way than it was decided on.</summary>
    async Task<bool> FinishAsync(Attempt attempt, Gathering? next)
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

        if (attempt.Written is not { IsFaulted: true })
            Lost(1);
        await RetryAsync(attempt.Submissions);
        return false;
    }

    async Task RetryAsync(List<Submission> batch)
    {
        for (var losses = 1; losses < MaxLosses; losses++)
        {
            IBookLock? held = null;
            try
            {
                if (store.HasFairLocks || losses >= options.LossesBeforeLock)
                    held = await store.LockAsync(book);
                var attempt = Decide(batch, await memory.PrepareAsync(batch, isRetry: true, withKeys: true, held), held);
                if (await TryFinishAsync(attempt, null))
                {
                    Answer(attempt);
                    return;
                }

                Lost(losses + 1);
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
                memory.State.RollBack(attempt.Mark);
            return false;
        }

        if (attempt.Rows is { } written)
            Counts.Committed(written.Operations.Count);
        Confirm(next?.Decided);
        return true;
    }

    void Confirm(Decided? onTop)
    {
        var isOnTop = onTop?.Outcomes.Count > 0;
        memory.State.Confirm(isOnTop ? onTop!.Mark : memory.State.Mark(), memory.Row.Head.At);
        if (isOnTop)
            onTop!.Mark = 0;
    }

    void Answer(Attempt attempt)
    {
        for (var place = 0; place < attempt.Outcomes.Count; place++)
            attempt.Submissions[place].Answer(attempt.Outcomes[place]);
        queue.Answered(attempt.Submissions.Sum(submission => submission.Commands));
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

        memory.Acknowledge(rows.Next);
        return true;
    }

    /// <summary>Refuses every submission of a batch when the work fails, whatever happens: nobody waits for ever.</summary>
    async Task<bool> GuardAsync(List<Submission> batch, Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        catch (BookNotFoundException exception)
        {
            Refuse(batch, ErrorCode.NotFound, exception.Message);
        }
        catch (StorageUnavailableException exception)
        {
            if (exception is StorageReplacedException)
                memory.Stop(exception.Message);
            else
                logger.StoreUnavailable(book, exception.Message);
            memory.Forget();
            Refuse(batch, ErrorCode.StorageUnavailable, exception.Message + ". Try again with the same key");
        }
        catch (Exception exception)
        {
            // A law was about to be broken, or a bug: nothing of this batch was written. The next one starts from the store.
            logger.BatchBroken(exception, book);
            memory.Forget();
            Refuse(batch, ErrorCode.Internal, "The ledger could not decide this; nothing was written");
        }

        return false;
    }

    void Refuse(List<Submission> batch, ErrorCode code, string detail)
    {
        foreach (var submission in batch)
            submission.Refuse(code, detail);
        queue.Answered(batch.Sum(submission => submission.Commands));
    }

    string? ClockProblem(Instant now)
    {
        var behind = memory.State.Head.At.Microseconds - now.Microseconds;
        return behind > options.MaxClockSkew.Ticks / (TimeSpan.TicksPerMillisecond / 1000)
            ? $"This node's clock is {behind / 1_000_000} s behind the book's last operation: nothing is written until it is set right"
            : null;
    }
}
