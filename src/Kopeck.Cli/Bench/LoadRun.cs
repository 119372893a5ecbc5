using System.Diagnostics;

namespace Kopeck.Cli.Bench;

/// <summary>What came of the operations of a phase.</summary>
sealed class Tally
{
    public LatencyHistogram Latency { get; } = new();

    public long Requests { get; set; }

    public long Operations { get; set; }

    public long Accepted { get; set; }

    /// <summary>Refusals that the plan asked for, by code.</summary>
    public SortedDictionary<string, long> Rejections { get; } = new(StringComparer.Ordinal);

    /// <summary>Everything else that is not a success, by code.</summary>
    public SortedDictionary<string, long> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>When the phase began.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>From the phase's start to its last answer.</summary>
    public TimeSpan Elapsed { get; set; }
}

/// <summary>
/// A load as it runs: first to warm up, then measured. An operation belongs to the phase in which it was sent, so that
/// every one is counted once. Safe for concurrent use.
/// </summary>
sealed class LoadRun(BenchPlan plan, ItemSource source)
{
    readonly Lock gate = new();
    readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long startedAt;
    long remaining = long.MaxValue;
    int senders;
    bool isMeasuring;
    bool isOver;

    public Tally WarmUp { get; } = new();

    public Tally Measured { get; } = new();

    /// <summary>Operations that were answered in the phase that is on.</summary>
    public long Answered
    {
        get
        {
            lock (gate)
                return (isMeasuring ? Measured : WarmUp).Operations;
        }
    }

    /// <summary>Operations a request.</summary>
    public int Batch => plan.Batch;

    public void Start(int count)
    {
        senders = count;
        if (plan.WarmUpSeconds == 0)
            Measure();
    }

    public void Measure()
    {
        lock (gate)
        {
            isMeasuring = true;
            startedAt = Stopwatch.GetTimestamp();
            Measured.StartedAt = TimeProvider.System.GetUtcNow();
            remaining = plan.Count ?? long.MaxValue;
        }
    }

    public void Stop()
    {
        lock (gate)
            isOver = true;
    }

    /// <summary>Completes when every sender has stopped.</summary>
    public Task Finished => finished.Task;

    /// <summary>Takes the operations of the next request. None when the load is over: then the sender stops, and says so.</summary>
    public int Take(Span<LoadItem> items, out bool measured)
    {
        lock (gate)
        {
            measured = isMeasuring;
            var count = isOver ? 0 : (int)Math.Min(items.Length, remaining);
            remaining -= count;
            for (var place = 0; place < count; place++)
                items[place] = source.Next();
            return count;
        }
    }

    /// <summary>Notes one request's answer.</summary>
    /// <param name="operations">How many operations it carried.</param>
    /// <param name="accepted">How many were done.</param>
    public void Answer(bool measured, long sentAt, int operations, int accepted, string? code = null)
    {
        var now = Stopwatch.GetTimestamp();
        lock (gate)
        {
            var tally = measured ? Measured : WarmUp;
            tally.Latency.Record((long)Stopwatch.GetElapsedTime(sentAt, now).TotalNanoseconds, 1);
            tally.Requests++;
            tally.Operations += operations;
            tally.Accepted += accepted;
            tally.Elapsed = Stopwatch.GetElapsedTime(startedAt, now);
            if (code is not null)
                AddRefusals(tally, code, operations - accepted);
        }
    }

    /// <summary>Notes operations of a request, besides its answer, that were refused.</summary>
    public void Refuse(bool measured, string code, int count)
    {
        lock (gate)
            AddRefusals(measured ? Measured : WarmUp, code, count);
    }

    /// <summary>Notes operations that were never answered.</summary>
    public void Lose(bool measured, string code, int operations)
    {
        lock (gate)
        {
            var tally = measured ? Measured : WarmUp;
            tally.Operations += operations;
            AddRefusals(tally, code, operations);
        }
    }

    /// <summary>Says that a sender has stopped.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref senders) == 0)
            finished.TrySetResult();
    }

    void AddRefusals(Tally tally, string code, int count)
    {
        var codes = code == "insufficient_funds" && plan.RejectionPercent > 0 ? tally.Rejections : tally.Errors;
        codes[code] = codes.GetValueOrDefault(code) + count;
    }
}
