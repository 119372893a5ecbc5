using Kopeck.Engine.Hosting;
using Kopeck.Ledger;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Execution;

/// <summary>Fixes the instants of a book's batches: time never runs backwards in it.</summary>
sealed class BookClock(TimeProvider time, TimeSpan maxSkew, DatabaseClock? database)
{
    const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    /// <summary>The instant of what is decided now on top of a head, and why nothing may be written at it, if so.</summary>
    /// <param name="standsAt">The instant of a head at which time may stand still; null for none.</param>
    public (Instant At, ClockProblem? Problem) Fix(Head head, Instant? standsAt)
    {
        var now = Instant.From(time.GetUtcNow());
        var at = now > head.At ? now : head.At;
        if (database?.Problem is { } wrong)
            return (at, new ClockProblem(wrong, IsHeadAhead: false));
        var behind = head.At.Microseconds - now.Microseconds;
        if (behind <= maxSkew.Ticks / TicksPerMicrosecond || head.At == standsAt)
            return (at, null);
        return (at, new ClockProblem(
            $"This node's clock is {behind / 1_000_000} s behind the book's last operation, of {head.At}: nothing is written until it is set right. If it is right, see `kopeck clock`",
            IsHeadAhead: true));
    }
}
