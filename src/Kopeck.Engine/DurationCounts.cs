namespace Kopeck.Engine;

/// <summary>Durations counted by how long they were at most. Safe for concurrent use.</summary>
public sealed class DurationCounts
{
    readonly long[] counts = new long[Bounds.Count + 1];
    long sum;

    /// <summary>The upper ends of what is counted apart, in microseconds; the last part has none.</summary>
    public static IReadOnlyList<long> Bounds { get; } =
    [
        1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 75_000, 100_000, 250_000, 500_000, 750_000, 1_000_000, 2_500_000, 5_000_000, 7_500_000,
        10_000_000,
    ];

    /// <summary>How many there were of each part.</summary>
    public IReadOnlyList<long> Parts => [.. Enumerable.Range(0, counts.Length).Select(place => Interlocked.Read(ref counts[place]))];

    /// <summary>All of them together, in microseconds.</summary>
    public long SumMicroseconds => Interlocked.Read(ref sum);

    /// <summary>Counts one.</summary>
    public void Add(TimeSpan duration)
    {
        var microseconds = (long)duration.TotalMicroseconds;
        var place = 0;
        while (place < Bounds.Count && microseconds > Bounds[place])
            place++;
        Interlocked.Increment(ref counts[place]);
        Interlocked.Add(ref sum, microseconds);
    }
}
