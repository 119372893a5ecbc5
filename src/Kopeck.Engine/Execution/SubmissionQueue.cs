using System.Threading.Channels;

namespace Kopeck.Engine.Execution;

/// <summary>What waits for a book, bounded by commands. Many write, one reads.</summary>
sealed class SubmissionQueue(int capacity)
{
    readonly Channel<Submission> channel = Channel.CreateUnbounded<Submission>(new UnboundedChannelOptions { SingleReader = true });
    int unanswered;
    int queued;
    int threshold = int.MaxValue;
    TaskCompletionSource? reached;

    /// <summary>Commands that were taken in and not answered.</summary>
    public int Unanswered => Volatile.Read(ref unanswered);

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
            into.Add(submission);
            taken += submission.Commands;
        }

        Interlocked.Add(ref queued, -taken);
        return taken;
    }

    /// <summary>Makes room for as many as were answered.</summary>
    public void Answered(int commands) => Interlocked.Add(ref unanswered, -commands);
}

/// <summary>Why a submission was not taken in.</summary>
enum QueueRefusal
{
    None,
    Full,
    Closed,
}
