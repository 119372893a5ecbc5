using System.Threading.Channels;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Rules;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Execution;

/// <summary>The one writer of a book on this node: takes all that is waiting, decides it, writes it in one commit, and answers under a confirmed head.</summary>
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
    readonly Channel<Submission> queue = Channel.CreateUnbounded<Submission>(new UnboundedChannelOptions { SingleReader = true });
    readonly Task loop;
    int waiting;

    public BookExecutor(BookName book, ILedgerStore store, EngineOptions options, TimeProvider time, ISaltSource salts, ILogger logger)
    {
        this.book = book;
        this.store = store;
        this.options = options;
        this.time = time;
        this.salts = salts;
        this.logger = logger;
        memory = new BookMemory(book, store, options, logger);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Why the book is stopped on this node; null while it runs.</summary>
    public string? StopReason => memory.StopReason;

    /// <summary>Commands that wait.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    public Task<BatchOutcome> SubmitAsync(Submission submission)
    {
        var count = Math.Max(1, submission.Items.Count);
        if (Interlocked.Add(ref waiting, count) > options.QueueCapacity)
        {
            Interlocked.Add(ref waiting, -count);
            submission.Refuse(ErrorCode.Overloaded, "Too many commands are waiting: try again in a second with the same key");
        }
        else if (!queue.Writer.TryWrite(submission))
        {
            Interlocked.Add(ref waiting, -count);
            submission.Refuse(ErrorCode.StorageUnavailable, "This node is shutting down: try again with the same key");
        }

        return submission.Completion;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
    }

    async Task RunAsync()
    {
        var batch = new List<Submission>();
        while (await queue.Reader.WaitToReadAsync())
        {
            var commands = 0;
            while (commands < options.MaxBatchCommands && queue.Reader.TryRead(out var submission))
            {
                batch.Add(submission);
                commands += Math.Max(1, submission.Items.Count);
            }

            await AnswerAsync(batch);
            Interlocked.Add(ref waiting, -commands);
            batch.Clear();
        }
    }

    /// <summary>Answers every submission of a batch, whatever happens: nobody waits for ever.</summary>
    async Task AnswerAsync(List<Submission> batch)
    {
        try
        {
            await DecideAndWriteAsync(batch);
        }
        catch (BookNotFoundException exception)
        {
            foreach (var submission in batch)
                submission.Refuse(ErrorCode.NotFound, exception.Message);
        }
        catch (StorageUnavailableException exception)
        {
            if (exception is StorageReplacedException)
                memory.Stop(exception.Message);
            else
                logger.StoreUnavailable(book, exception.Message);
            memory.Forget();
            foreach (var submission in batch)
                submission.Refuse(ErrorCode.StorageUnavailable, exception.Message + ". Try again with the same key");
        }
        catch (Exception exception)
        {
            // A law was about to be broken, or a bug: nothing of this batch was written. The next one starts from the store.
            logger.BatchBroken(exception, book);
            memory.Forget();
            foreach (var submission in batch)
                submission.Refuse(ErrorCode.Internal, "The ledger could not decide this; nothing was written");
        }
    }

    async Task DecideAndWriteAsync(List<Submission> batch)
    {
        for (var losses = 0; losses < MaxLosses; losses++)
        {
            IBookLock? held = null;
            try
            {
                if (losses >= options.LossesBeforeLock)
                    held = await store.LockAsync(book);
                if (await TryOnceAsync(batch, held, isRetry: losses > 0))
                    return;
                logger.BatchLost(book, losses + 1);
            }
            finally
            {
                if (held is not null)
                    await held.DisposeAsync();
            }
        }

        throw new StorageUnavailableException("Other nodes wrote first every time");
    }

    /// <summary>Decides and writes the batch once; false when another node wrote first.</summary>
    async Task<bool> TryOnceAsync(List<Submission> batch, IBookLock? held, bool isRetry)
    {
        var groups = await memory.PrepareAsync(batch, isRetry);
        var state = memory.State;
        var row = memory.Row;
        var mark = state.Mark();
        var now = Instant.From(time.GetUtcNow());
        var decider = new BatchDecider(state, now > state.Head.At ? now : state.Head.At, ClockProblem(now), salts, groups);
        var outcomes = new BatchOutcome[batch.Count];
        for (var place = 0; place < outcomes.Length; place++)
            outcomes[place] = decider.Decide(batch[place]);

        if (decider.Applied.Count == 0)
        {
            // Rejections and replays too are told only under a confirmed head.
            if (!await memory.ConfirmAsync())
                return false;
        }
        else
        {
            var rows = BatchRowsBuilder.Build(row, decider.Applied);
            if (!await WriteAsync(rows, held))
            {
                state.RollBack(mark);
                return false;
            }
        }

        for (var place = 0; place < outcomes.Length; place++)
            batch[place].Answer(outcomes[place]);
        state.ForgetLookups(options.MaxKnownAccounts);
        return true;
    }

    async Task<bool> WriteAsync(BatchRows rows, IBookLock? held)
    {
        try
        {
            if (!await store.CommitAsync(rows, held))
                return false;
        }
        catch (OutcomeUnknownException exception)
        {
            logger.OutcomeUnknown(book, rows.Next.Head.Number, exception.Message);
            if (held is not null)
                await held.DisposeAsync();
            return await memory.LearnOutcomeAsync(rows, exception, time);
        }

        memory.Acknowledge(rows.Next);
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
