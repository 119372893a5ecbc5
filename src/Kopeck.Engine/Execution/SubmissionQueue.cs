using System.Threading.Channels;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Errors;

namespace Kopeck.Engine.Execution;

/// <summary>What waits for a book, bounded by commands. Many write, one reads and answers.</summary>
sealed class SubmissionQueue(int capacity)
{
    // Null wakes the reader for a request to rest.
    readonly Channel<Submission?> channel = Channel.CreateUnbounded<Submission?>(new UnboundedChannelOptions { SingleReader = true });
    int unanswered;
    int queued;
    int threshold = int.MaxValue;
    int restRequested;
    TaskCompletionSource? reached;

    /// <summary>Commands that were taken in and not answered.</summary>
    public int Unanswered => Volatile.Read(ref unanswered);

    /// <summary>Commands that were taken in and that nobody took out.</summary>
    public int Queued => Volatile.Read(ref queued);

    /// <summary>Takes a submission in; says why not otherwise.</summary>
    public QueueRefusal TryEnqueue(Submission submission)
    {
        var count = submission.Commands;
        if (Interlocked.Add(ref unanswered, count) > capacity)
        {
            Interlocked.Add(ref unanswered, -count);
            return QueueRefusal.Full;
        }

        if (!channel.Writer.TryWrite(submission))
        {
            Interlocked.Add(ref unanswered, -count);
            return QueueRefusal.Closed;
        }

        if (Interlocked.Add(ref queued, count) >= Volatile.Read(ref threshold))
            Volatile.Read(ref reached)?.TrySetResult();
        return QueueRefusal.None;
    }

    /// <summary>No more is taken in.</summary>
    public void Close() => channel.Writer.TryComplete();

    /// <summary>Asks the reader to rest, which it does when it finds nothing else to do.</summary>
    public void RequestRest()
    {
        if (Interlocked.Exchange(ref restRequested, 1) == 0)
            channel.Writer.TryWrite(null);
    }

    /// <summary>Whether the reader was asked to rest since this was asked last.</summary>
    public bool TakeRestRequest() => Interlocked.Exchange(ref restRequested, 0) == 1;

    /// <summary>Waits until there is something; false when nothing will come any more.</summary>
    public ValueTask<bool> WaitAsync() => channel.Reader.WaitToReadAsync();

    /// <summary>Ends when at least so many commands wait.</summary>
    public Task WaitForAsync(int commands)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref reached, source);
        Volatile.Write(ref threshold, commands);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref queued) >= commands)
            source.TrySetResult();
        return source.Task;
    }

    /// <summary>Takes what waits, up to so many commands; one submission may be larger. How many commands that were.</summary>
    public int Take(List<Submission> into, int commands)
    {
        Volatile.Write(ref threshold, int.MaxValue);
        var taken = 0;
        while (taken < commands && channel.Reader.TryRead(out var submission))
        {
            if (submission is null)
                continue;
            into.Add(submission);
            taken += submission.Commands;
        }

        Interlocked.Add(ref queued, -taken);
        return taken;
    }

    /// <summary>Gives a submission its answer, which makes room; nothing happens when it had one.</summary>
    public void Answer(Submission submission, BatchOutcome outcome) => Count(submission, submission.TrySetResult(outcome));

    /// <summary>Refuses what was not answered of submissions.</summary>
    public void Refuse(IEnumerable<Submission> submissions, ErrorCode code, string detail)
    {
        foreach (var submission in submissions)
            Count(submission, submission.Refuse(code, detail));
    }

    void Count(Submission submission, bool isAnswered)
    {
        if (isAnswered)
            Interlocked.Add(ref unanswered, -submission.Commands);
    }
}
