using Kopeck.Engine.Reading;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Rules;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Execution;

/// <summary>
/// The one writer of a book on this node: takes all that is waiting, decides it, writes it in one commit, and answers under a confirmed head.
/// While one batch commits, the next gathers, and is decided on top of it. One loop does all of it, so the state in memory is never shared.
/// </summary>
sealed class BookExecutor : IAsyncDisposable
{
    const int LargeBatch = 256;

    readonly BookName book;
    readonly EngineOptions options;
    readonly ILogger logger;
    readonly BookMemory memory;
    readonly BatchWriter writer;
    readonly SubmissionQueue queue;
    readonly Task loop;

    Attempt? committing;
    Gathering next = new();

    public BookExecutor(BookName book, ILedgerStore store, EngineOptions options, TimeProvider time, ISaltSource salts, ILogger logger)
    {
        this.book = book;
        this.options = options;
        this.logger = logger;
        memory = new BookMemory(book, store, options, logger);
        queue = new SubmissionQueue(options.QueueCapacity);
        writer = new BatchWriter(book, store, memory, queue, options, time, salts, logger);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Why the book is stopped on this node; null while it runs.</summary>
    public string? StopReason => memory.StopReason;

    /// <summary>What readers may know of the book's accounts, if anything.</summary>
    public KnownAccounts? Accounts => memory.Accounts;

    /// <summary>Commands that wait.</summary>
    public int Waiting => queue.Unanswered;

    /// <summary>What became of the batches.</summary>
    public BatchCounts Counts => writer.Counts;

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
        while (true)
        {
            if (committing is null)
            {
                if (next.IsEmpty && !await TakeAsync())
                    return;
                await StartNextAsync();
                continue;
            }

            await GatherAsync(committing);
            var done = committing;
            committing = null;
            if (await GuardAsync(done.Submissions, () => writer.FinishAsync(done, next)))
            {
                // It is on its way before the answers of the one before are written.
                if (next.IsDecided)
                    await StartNextAsync();
                writer.Answer(done);
            }
            else
            {
                next.Forget();
            }
        }
    }

    /// <summary>Waits for something to do; false when nothing will come any more.</summary>
    async Task<bool> TakeAsync()
    {
        var taken = new List<Submission>();
        while (taken.Count == 0)
        {
            if (!await queue.WaitAsync())
                return false;
            queue.Take(taken, options.MaxBatchCommands);
        }

        next = Gathering.Of(taken);
        return true;
    }

    /// <summary>While a batch commits: takes what comes, looks up what it needs and decides it, not for a few but for enough at once to be worth it.</summary>
    async Task GatherAsync(Attempt ahead)
    {
        while (next.Commands < options.MaxBatchCommands)
        {
            var first = await Task.WhenAny(ahead.Running, queue.WaitForAsync(options.LookAheadCommands));
            if (first == ahead.Running)
                return;
            var chunk = new List<Submission>();
            var commands = queue.Take(chunk, options.MaxBatchCommands - next.Commands);
            if (chunk.Count == 0)
                continue;
            await writer.AddAheadAsync(next, chunk, commands, ahead);
        }

        await Task.WhenAny(ahead.Running);
    }

    /// <summary>Starts to write what was gathered.</summary>
    async Task StartNextAsync()
    {
        var batch = next;
        next = new Gathering();
        // A large batch is decided elsewhere than on a thread that takes sockets' events, on which it may have gone on.
        if (batch.Commands > LargeBatch && !batch.IsDecided)
            await Task.Yield();
        await GuardAsync(batch.Submissions, async () =>
        {
            committing = await writer.StartAsync(batch);
            return true;
        });
    }

    /// <summary>Refuses every submission when the work fails, whatever happens: nobody waits for ever.</summary>
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
}
