namespace Kopeck.Engine.Hosting;

/// <summary>
/// The head of a book that somebody follows, as far as it is known. Changed under its watcher's lock alone; read by anyone.
/// </summary>
sealed class WatchedHead
{
    TaskCompletionSource woken = New();
    long number;
    volatile string? problem;

    /// <summary>How many follow it.</summary>
    public int Readers { get; set; }

    /// <summary>The last number that is known.</summary>
    public long Number => Volatile.Read(ref number);

    /// <summary>Why following cannot go on; null as long as it can.</summary>
    public string? Problem => problem;

    /// <summary>Ends when something happens after it was asked for.</summary>
    public Task Next => Volatile.Read(ref woken).Task;

    public void Reach(long reached)
    {
        if (reached <= Number)
            return;
        Volatile.Write(ref number, reached);
        Wake();
    }

    public void Break(string reason)
    {
        problem = reason;
        Wake();
    }

    public void Wake() => Interlocked.Exchange(ref woken, New()).TrySetResult();

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
