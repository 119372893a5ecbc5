using Kopeck.Ledger;

namespace Kopeck.Api.Inputs;

/// <summary>Timestamps as instants.</summary>
static class Timestamps
{
    const long MicrosPerSecond = 1_000_000;
    const int NanosPerMicro = 1_000;
    const int NanosPerSecond = 1_000_000_000;
    const long FirstSecond = -62_135_596_800; // 0001-01-01T00:00:00Z

    /// <summary>
    /// The instant; null where it is no moment of the years 1 to 9999, or finer than a microsecond, which is refused as it is in a text.
    /// Before 1970 it is the first.
    /// </summary>
    public static Instant? Find(in WireValue wire)
    {
        if (wire.Seconds < FirstSecond || wire.Seconds > Instant.Max.Microseconds / MicrosPerSecond)
            return null;
        if (wire.Nanos is < 0 or >= NanosPerSecond || wire.Nanos % NanosPerMicro != 0)
            return null;
        return new Instant(Math.Max(0, wire.Seconds * MicrosPerSecond + wire.Nanos / NanosPerMicro));
    }
}
