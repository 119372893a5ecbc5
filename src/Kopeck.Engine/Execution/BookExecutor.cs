using Kopeck.Engine.Hosting;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Execution;

/// <summary>
/// The one writer of a book on this node: takes all that is waiting, decides it, writes it in one commit, and answers under a confirmed
/// head. While one batch commits, the next gathers, and is decided on top of it. One loop does all of it, so the state in memory is never
/// shared. A batch that a bug meets is tried again in halves, until only whoever has the bug is refused; where the loop itself breaks, its
/// <see cref="BookHost"/> starts another executor.
/// </summary>
sealed class BookExecutor
{
    const int LargeBatch = 256;

    readonly BookName book;
    readonly EngineOptions options;
    readonly ILogger logger;
    readonly SubmissionQueue queue;
    readonly AcknowledgedHistory history;
    readonly BatchCounts counts;
    readonly BookMemory memory;
    readonly BatchSender sender;
    readonly AheadDecider ahead;
    readonly BatchCommitter committer;
    readonly TimeProvider time;

    long lastUsed;
    CommittingBatch? committing;
    CommittingBatch? answering;
    Batch? starting;
    Batch next = new();

    // Parts of a batch that a bug met, in their order.
    readonly Stack<List<Submission>> halves = new();

    /// <param name="onCommitted">Told the number that the journal reaches after each commit.</param>
    public BookExecutor(
        EngineParts parts, BookName book, SubmissionQueue queue, AcknowledgedHistory history, MemoryShare share, BatchCounts counts,
        Action<BookName, long> onCommitted)
    {
        var store = parts.Store;
        time = parts.Time;
        lastUsed = time.GetTimestamp();
        (this.book, this.queue, this.history, this.counts) = (book, queue, history, counts);
        (options, logger) = (parts.Options, parts.Logger);
        memory = new BookMemory(history, share, store.IsRemote);
        var turns = new Turns(options.LockedBatches);
        var keys = new KeyChecking(store.IsRemote, options.LookedUpBatches);
        var catchUp = new CatchUp(book, store, memory, history);
        var inquiry = new OutcomeInquiry(book, store, memory, history, options.UnknownOutcomePatience, time, logger);
        var lookups = new BookLookups(book, store, memory, catchUp, inquiry, history, parts.DueWork, time, logger);
        var clock = new BookClock(time, options.MaxClockSkew, parts.Clock);
        var decider = new Decider(memory, clock, new SaltStash(parts.Salts), parts.DueWork);
        sender = new BatchSender(book, store, memory, counts, time, logger);
        var locked = new LockedStart(book, store, memory, lookups, inquiry, decider, sender, turns, keys, queue, options);
        ahead = new AheadDecider(book, memory, lookups, decider, turns, keys, logger);
        committer = new BatchCommitter(
            book, store, memory, lookups, catchUp, inquiry, history, decider, sender, locked, turns, keys, counts, onCommitted, options,
            logger);
    }

    /// <summary>What readers may know of the book's accounts, if anything.</summary>
    public KnownAccounts? Accounts => memory.Accounts;

    /// <summary>When the last batch began, by the provider's timestamp.</summary>
    public long LastUsed => Volatile.Read(ref lastUsed);

    /// <summary>Whether it has answered anything.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Works until nothing will come any more, or until it is asked to rest and finds nothing to do.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            if (committing is null)
            {
                if (halves.Count == 0 && next.IsEmpty && !await TakeAsync().ConfigureAwait(false))
                    return;
                await StartNextAsync().ConfigureAwait(false);
                continue;
            }

            await GatherAsync(committing).ConfigureAwait(false);
            await FinishAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Refuses what this executor was about, after it broke: truly, whether it may have been written or not.</summary>
    public void Abandon()
    {
        const string restarts = "The book's writer on this node broke and starts again";
        if (committing is { } sent)
        {
            // It may still arrive: the epoch is raised before anything else is written.
            history.IsEpochOwed |= sent.Rows is not null;
            Refuse(sent.Submissions, sent.Rows is null
                ? $"{restarts}; nothing of this was written. Try again with the same key"
                : $"{restarts}; whether this was written is not known. Try again with the same key");
        }

        if (answering is { } finished)
            Refuse(finished.Submissions, $"{restarts}; whether this was written is not known. Try again with the same key");
        foreach (var waiting in new[] { starting?.Submissions ?? [], next.Submissions }.Concat(halves))
            Refuse(waiting, $"{restarts}; nothing of this was written. Try again with the same key");
        if (committing is { } running)
            _ = EndAsync(running);
    }

    async Task EndAsync(CommittingBatch abandoned)
    {
        await abandoned.Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await sender.ReleaseAsync(abandoned.Lock).ConfigureAwait(false);
    }

    /// <summary>Waits for something to do; false when nothing will come any more.</summary>
    async Task<bool> TakeAsync()
    {
        while (await queue.WaitAsync().ConfigureAwait(false))
        {
            var taken = new List<Submission>();
            queue.Take(taken, options.MaxBatchCommands);
            next = Batch.Of(taken);
            var isAskedToRest = queue.TakeRestRequest();
            if (!next.IsEmpty)
                return true;
            if (isAskedToRest)
                return false;
        }

        return false;
    }

    /// <summary>
    /// While a batch commits: takes what comes, looks up what it needs and decides it, not for a few but for enough at once to be worth it.
    /// </summary>
    async Task GatherAsync(CommittingBatch sent)
    {
        // What comes waits for those who came before.
        while (halves.Count == 0 && next.Commands < options.MaxBatchCommands)
        {
            var first = await Task.WhenAny(sent.Running, queue.WaitForAsync(options.LookAheadCommands)).ConfigureAwait(false);
            if (first == sent.Running)
                return;
            var more = new List<Submission>();
            var commands = queue.Take(more, options.MaxBatchCommands - next.Commands);
            if (more.Count > 0)
                await ahead.AddAsync(next, more, commands, sent).ConfigureAwait(false);
        }

        await Task.WhenAny(sent.Running).ConfigureAwait(false);
    }

    /// <summary>Starts to write what a bug met before, or else what was gathered.</summary>
    async Task StartNextAsync()
    {
        var batch = next;
        if (halves.TryPop(out var half))
            batch = Batch.Of(half);
        else
            next = new Batch();
        starting = batch;
        Volatile.Write(ref lastUsed, time.GetTimestamp());
        // A large batch is decided elsewhere than on a thread that takes sockets' events, on which it may have gone on.
        if (batch.Commands > LargeBatch && batch.Stage != BatchStage.Decided)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            committing = await committer.StartAsync(batch).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (!TrySplit(batch.Submissions, exception))
                Fail(batch.Submissions, exception);
        }

        starting = null;
    }

    /// <summary>After a bug in deciding several submissions: their halves are tried, so that nobody suffers from another's.</summary>
    bool TrySplit(List<Submission> batch, Exception exception)
    {
        if (batch.Count < 2 || exception is BookNotFoundException or StorageUnavailableException)
            return false;
        memory.Forget();
        counts.Broke();
        logger.BatchSplit(exception, book, batch.Count);
        var middle = batch.Count / 2;
        halves.Push(batch[middle..]);
        halves.Push(batch[..middle]);
        return true;
    }

    /// <summary>Waits for what is being written, and answers it.</summary>
    async Task FinishAsync()
    {
        var sent = committing!;
        answering = sent;
        committing = null;
        try
        {
            answering = await committer.FinishAsync(sent, next).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(sent.Submissions, exception);
            answering = null;
            next.Forget();
            return;
        }

        if (answering != sent)
            next.Forget();
        var finished = answering;
        // It is on its way before the answers of the one before are written.
        if (next.Stage == BatchStage.Decided)
            await StartNextAsync().ConfigureAwait(false);
        for (var place = 0; place < finished.Submissions.Count; place++)
            queue.Answer(finished.Submissions[place], finished.Decisions.Outcomes[place]);
        answering = null;
        HasAnswered = true;
    }

    /// <summary>Refuses a batch of which nothing was written, or of which that could not be learnt, and says which.</summary>
    void Fail(List<Submission> batch, Exception exception)
    {
        memory.Forget();
        switch (exception)
        {
            case BookNotFoundException:
                queue.Refuse(batch, ErrorCode.NotFound, exception.Message);
                break;
            case StorageUnavailableException:
                counts.StoreFailed();
                if (exception is StorageReplacedException)
                    history.Stop(exception.Message);
                else
                    logger.StoreUnavailable(book, exception.Message);
                Refuse(batch, exception.Message + ". Try again with the same key");
                break;
            default:
                // A law was about to be broken, or a bug. The next batch starts from the store.
                counts.Broke();
                logger.BatchBroken(exception, book);
                queue.Refuse(batch, ErrorCode.Internal, "The ledger could not decide this; nothing was written");
                break;
        }
    }

    void Refuse(List<Submission> batch, string detail) => queue.Refuse(batch, ErrorCode.StorageUnavailable, detail);
}
