namespace Kopeck.Verification.Tests;

/// <summary>A minute passes with each look.</summary>
sealed class TestClock : TimeProvider
{
    long looks;
    TimeSpan turnedBack;

    /// <summary>Turns it back.</summary>
    public void TurnBack(TimeSpan by) => turnedBack = by;

    public override DateTimeOffset GetUtcNow() =>
        new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero).AddMinutes(Interlocked.Increment(ref looks)) - turnedBack;
}
