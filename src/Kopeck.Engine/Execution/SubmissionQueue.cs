using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Execution;

/// <summary>
/// What waits for a book, bounded by commands. Many write, one reads and answers. No caller fills more than half of it, and where more
/// waits than one batch takes, the callers take turns: whoever asks for much waits for himself, and holds up nobody else.
/// </summary>
sealed class SubmissionQueue(int capacity)
{
    readonly int share = Math.Max(1, capacity / 2);
    readonly ConcurrentDictionary<KeyName, StrongBox<int>> unansweredOf = new();

    // The reader's own: empty as long as a batch takes all that waits.
    readonly Dictionary<KeyName, SubmissionLane> lanes = [];
    readonly Queue<SubmissionLane> turns = new();

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
        var own = unansweredOf.GetOrAdd(submission.Caller.Actor, static _ => new StrongBox<int>());
        if (Interlocked.Add(ref own.Value, count) > share)
        {
            Interlocked.Add(ref own.Value, -count);
            return QueueRefusal.ShareFull;
        }

        if (Interlocked.Add(ref unanswered, count) > capacity)
        {
            Free(own, count);
            return QueueRefusal.Full;
        }

        if (!channel.Writer.TryWrite(submission))
        {
            Free(own, count);
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
    public ValueTask<bool> WaitAsync() => turns.Count > 0 ? ValueTask.FromResult(true) : channel.Reader.WaitToReadAsync();

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
        var taken = turns.Count > 0 || Volatile.Read(ref queued) > commands ? TakeInTurns(into, commands) : TakeAll(into, commands);
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

    int TakeAll(List<Submission> into, int commands)
    {
        var taken = 0;
        while (taken < commands && channel.Reader.TryRead(out var submission))
        {
            if (submission is null)
                continue;
            into.Add(submission);
            taken += submission.Commands;
        }

        return taken;
    }

    int TakeInTurns(List<Submission> into, int commands)
    {
        while (channel.Reader.TryRead(out var submission))
        {
            if (submission is not null)
                LaneOf(submission).Add(submission);
        }

        var taken = 0;
        while (taken < commands && turns.TryDequeue(out var lane))
        {
            // Of what is left, an equal part for each that waits.
            taken += lane.Take(into, Math.Max(1, (commands - taken) / (turns.Count + 1)));
            if (lane.IsEmpty)
                lanes.Remove(lane.Caller);
            else
                turns.Enqueue(lane);
        }

        return taken;
    }

    SubmissionLane LaneOf(Submission submission)
    {
        if (lanes.TryGetValue(submission.Caller.Actor, out var lane))
            return lane;
        lane = new SubmissionLane(submission.Caller.Actor);
        lanes.Add(lane.Caller, lane);
        turns.Enqueue(lane);
        return lane;
    }

    void Count(Submission submission, bool isAnswered)
    {
        if (isAnswered)
            Free(unansweredOf[submission.Caller.Actor], submission.Commands);
    }

    void Free(StrongBox<int> own, int count)
    {
        Interlocked.Add(ref own.Value, -count);
        Interlocked.Add(ref unanswered, -count);
    }
}
