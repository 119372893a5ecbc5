namespace Kopeck.Server.Tests.Tokens;

/// <summary>A clock that a test sets on.</summary>
sealed class PassingClock : TimeProvider
{
    readonly DateTimeOffset start = System.GetUtcNow();
    TimeSpan passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => passed.Ticks;

    public override DateTimeOffset GetUtcNow() => start + passed;

    public void Pass(TimeSpan time) => passed += time;
}
