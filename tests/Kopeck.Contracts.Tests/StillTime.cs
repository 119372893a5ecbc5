namespace Kopeck.Contracts.Tests;

/// <summary>A clock that stands still: what is answered by it is always the same.</summary>
sealed class StillTime : TimeProvider
{
    static readonly DateTimeOffset Now = new(2025, 1, 6, 9, 15, 2, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
