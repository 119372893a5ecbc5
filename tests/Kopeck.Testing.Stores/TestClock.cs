namespace Kopeck.Testing.Stores;

/// <summary>Time that stands still until the test moves it, also backwards.</summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    /// <summary>The time.</summary>
    public DateTimeOffset Now { get; set; } = start;

    /// <summary>Since 1970.</summary>
    public long Microseconds => (Now.UtcTicks - DateTime.UnixEpoch.Ticks) / 10;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;
}
