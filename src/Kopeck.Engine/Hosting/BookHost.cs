using Kopeck.Engine.Execution;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Hosting;

/// <summary>
/// A book's life on this node: its one executor is started when it is first needed, started again from the store when it breaks, and let go
/// when nobody needs it. What was acknowledged outlives all of them. Safe for concurrent use.
/// </summary>
sealed class BookHost : IAsyncDisposable
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    readonly BookName book;
    readonly EngineParts parts;
    readonly SubmissionQueue queue;
    readonly AcknowledgedHistory history;
    readonly Action<BookName, long> onCommitted;
    readonly TaskCompletionSource closing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    volatile bool isRunning;
    volatile bool isPausing;
    volatile BookExecutor? executor;
    long breaks;
    Task running = Task.CompletedTask;

    public BookHost(EngineParts parts, BookName book, MemoryShare memory, Action<BookName, long> onCommitted)
    {
        (this.parts, this.book, Memory, this.onCommitted) = (parts, book, memory, onCommitted);
        queue = new SubmissionQueue(parts.Options.QueueCapacity);
        history = new AcknowledgedHistory(book, parts.Logger);
    }

    /// <summary>What the book has of the node's memory.</summary>
    public MemoryShare Memory { get; }

    /// <summary>What became of its batches.</summary>
    public BatchCounts Counts { get; } = new();

    /// <summary>Commands that wait.</summary>
    public int Waiting => queue.Unanswered;

    /// <summary>Why the book is stopped on this node; null while it is not.</summary>
    public string? StopReason => history.StopReason;

    /// <summary>What readers may know of the book's accounts, if anything.</summary>
    public KnownAccounts? Accounts => executor?.Accounts;

    /// <summary>
    /// When the book was last written to, by the provider's timestamp; null where it has no executor, or that has something to do.
    /// </summary>
    public long? IdleSince => executor is { } idle && queue.Unanswered == 0 ? idle.LastUsed : null;

    /// <summary>How the book is.</summary>
    public BookHealth Health => new(book, Condition, StopReason, Volatile.Read(ref breaks), Counts);

    BookCondition Condition => StopReason is not null ? BookCondition.Stopped
        : isPausing ? BookCondition.Restarting
        : isRunning ? BookCondition.Running
        : BookCondition.Resting;

    /// <summary>Takes a submission in, or refuses it.</summary>
    public Task<BatchOutcome> SubmitAsync(Submission submission)
    {
        switch (queue.TryEnqueue(submission))
        {
            case QueueRefusal.Full:
                submission.Refuse(ErrorCode.Overloaded, "Too many commands are waiting: try again in a second with the same key");
                break;
            case QueueRefusal.ShareFull:
                submission.Refuse(
                    ErrorCode.Overloaded,
                    "Too many commands of this key are waiting, and the rest of the queue is for others: try again in a second with the same key");
                break;
            case QueueRefusal.Closed:
                submission.Refuse(ErrorCode.StorageUnavailable, "This node is shutting down: try again with the same key");
                break;
            default:
                Start();
                break;
        }

        return submission.Task;
    }

    /// <summary>Has a batch written of nothing but what is due.</summary>
    public Task<BatchOutcome> WakeAsync() =>
        SubmitAsync(new Submission(new Caller(book, BatchDecider.SystemActor, Scopes.None), [], isAtomic: false, isDryRun: false));

    /// <summary>Lets the executor go, with all that it has in memory, as soon as it has nothing to do.</summary>
    public void Rest()
    {
        if (executor is not null)
            queue.RequestRest();
    }

    /// <summary>Takes no more, finishes what waits, and answers it.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Close();
        closing.TrySetResult();
        Task last;
        lock (gate)
            last = running;
        await last.ConfigureAwait(false);
    }

    // What is in the queue is counted there before this is read, and whoever rests looks at that count after he wrote this: one of the two
    // sees the other.
    void Start()
    {
        if (isRunning)
            return;
        lock (gate)
        {
            if (isRunning)
                return;
            isRunning = true;
            running = Task.Run(SuperviseAsync);
        }
    }

    bool TryRest()
    {
        lock (gate)
        {
            isRunning = false;
            Interlocked.MemoryBarrier();
            if (queue.Queued == 0)
                return true;
            isRunning = true;
            return false;
        }
    }

    async Task SuperviseAsync()
    {
        var breaksInARow = 0;
        try
        {
            do
            {
                var hasAnswered = await RunAsync().ConfigureAwait(false);
                breaksInARow = hasAnswered is null ? 0 : hasAnswered.Value ? 1 : breaksInARow + 1;
                if (breaksInARow > 1)
                    await PauseAsync(breaksInARow).ConfigureAwait(false);
            }
            while (breaksInARow > 0 || !TryRest());
        }
        catch (Exception)
        {
            // Not even saying that it broke worked, and nobody awaits this. Whoever waits is answered; the next submission starts anew.
            lock (gate)
            {
                isRunning = false;
                Interlocked.MemoryBarrier();
                RefuseQueued();
            }
        }
    }

    /// <summary>Runs an executor until it has nothing to do. When it breaks, whether it had answered anything before.</summary>
    async Task<bool?> RunAsync()
    {
        BookExecutor? current = null;
        try
        {
            current = new BookExecutor(parts, book, queue, history, Memory, Counts, onCommitted);
            executor = current;
            await current.RunAsync().ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            Interlocked.Increment(ref breaks);
            current?.Abandon();
            RefuseQueued();
            parts.Logger.ExecutorBroken(exception, book);
            return current?.HasAnswered == true;
        }
        finally
        {
            executor = null;
            Memory.Release();
        }
    }

    void RefuseQueued()
    {
        var waiting = new List<Submission>();
        queue.Take(waiting, int.MaxValue);
        const string reason =
            "The book's writer on this node broke and starts again; nothing of this was written. Try again with the same key";
        queue.Refuse(waiting, ErrorCode.StorageUnavailable, reason);
    }

    async Task PauseAsync(int breaksInARow)
    {
        isPausing = true;
        var pause = FirstPause;
        for (var count = 2; count < breaksInARow && pause < LongestPause; count++)
            pause += pause;
        await Task.WhenAny(Task.Delay(pause, parts.Time), closing.Task).ConfigureAwait(false);
        isPausing = false;
    }
}
