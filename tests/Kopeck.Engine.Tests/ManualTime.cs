namespace Kopeck.Engine.Tests;

/// <summary>Time that stands still until a test moves it, timers included.</summary>
sealed class ManualTime : TimeProvider
{
    readonly Lock gate = new();
    readonly List<ManualTimer> timers = [];
    DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (gate)
            timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the time, and runs what is due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (gate)
        {
            now += by;
            due = [.. timers.Where(timer => timer.TakeDue(now))];
        }

        foreach (var timer in due)
            timer.Run();
    }

    sealed class ManualTimer(ManualTime time, Action run) : ITimer
    {
        TimeSpan period;
        DateTimeOffset? at;

        public void Run() => run();

        public bool TakeDue(DateTimeOffset moment)
        {
            if (at is not { } due || due > moment)
                return false;
            at = period > TimeSpan.Zero ? moment + period : null;
            return true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (time.gate)
            {
                at = dueTime == Timeout.InfiniteTimeSpan ? null : time.now + dueTime;
                period = newPeriod;
            }

            return true;
        }

        public void Dispose()
        {
            lock (time.gate)
                time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
