using System.Numerics;

namespace Kopeck.Cli.Bench;

/// <summary>
/// Counts latencies with three significant digits: 1,024 steps for each doubling, as HdrHistogram does it. From a nanosecond
/// to 18 minutes; what is longer counts as that.
/// </summary>
sealed class LatencyHistogram
{
    const int StepBits = 10;
    const long Longest = (1L << 40) - 1;

    readonly long[] counts = new long[Place(Longest) + 1];

    public long Count { get; private set; }

    public long MaxNanoseconds { get; private set; }

    public void Record(long nanoseconds, int times)
    {
        counts[Place(Math.Clamp(nanoseconds, 0, Longest))] += times;
        Count += times;
        MaxNanoseconds = Math.Max(MaxNanoseconds, nanoseconds);
    }

    /// <summary>What so many of 1,000 were not longer than; 0 when nothing was recorded.</summary>
    public long AtPerMille(int perMille)
    {
        var rank = ((Count * perMille) + 999) / 1000;
        var seen = 0L;
        for (var place = 0; place < counts.Length; place++)
        {
            seen += counts[place];
            if (seen >= rank && seen > 0)
                return Math.Min(Highest(place), MaxNanoseconds);
        }

        return 0;
    }

    // Values below 2,048 have a place each; above, the place is the exponent and the ten bits after the leading one.
    static int Place(long value)
    {
        var shift = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)value) - StepBits);
        return (int)((shift << StepBits) + (value >> shift));
    }

    static long Highest(int place)
    {
        var shift = Math.Max(0, (place >> StepBits) - 1);
        var step = place - ((long)shift << StepBits);
        return ((step + 1) << shift) - 1;
    }
}
