using Kopeck.Engine.Hosting;
using Kopeck.Ledger;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Execution;

/// <summary>Fixes the instants of a book's batches: time never runs backwards in it.</summary>
sealed class BookClock(TimeProvider time, TimeSpan maxSkew, DatabaseClock? database)
{
    const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    /// <summary>The instant of what is decided now on top of a head, and why nothing may be written at it, if so.</summary>
    public (Instant At, string? Problem) Fix(Head head)
    {
        var now = Instant.From(time.GetUtcNow());
        var behind = head.At.Microseconds - now.Microseconds;
        var problem = behind > maxSkew.Ticks / TicksPerMicrosecond
            ? $"This node's clock is {behind / 1_000_000} s behind the book's last operation: nothing is written until it is set right"
            : database?.Problem;
        return (now > head.At ? now : head.At, problem);
    }
}
