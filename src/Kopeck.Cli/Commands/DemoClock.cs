namespace Kopeck.Cli.Commands;

/// <summary>The demo's time: it stands still until it is moved.</summary>
sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void MoveTo(DateTimeOffset moment) => now = moment > now ? moment : now;
}
