namespace Kopeck.Laws.Tests.Driving;

/// <summary>Time that stands still until the test moves it, also backwards.</summary>
sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public long Microseconds => (Now.UtcTicks - DateTime.UnixEpoch.Ticks) / 10;

    public override DateTimeOffset GetUtcNow() => Now;
}
