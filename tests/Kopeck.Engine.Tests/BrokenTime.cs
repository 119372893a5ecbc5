namespace Kopeck.Engine.Tests;

/// <summary>A clock that breaks once, at the look that a test names.</summary>
/// <param name="point">The number of the look, from 1; 0 for never.</param>
sealed class BrokenTime(int point) : TimeProvider
{
    int looks;

    public bool IsHit => point > 0 && Volatile.Read(ref looks) >= point;

    public int Looks => Volatile.Read(ref looks);

    public override DateTimeOffset GetUtcNow()
    {
        Look();
        return base.GetUtcNow();
    }

    public override long GetTimestamp()
    {
        Look();
        return base.GetTimestamp();
    }

    void Look()
    {
        if (Interlocked.Increment(ref looks) == point)
            throw new InjectedException();
    }
}
