using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Kopeck.Ledger;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>Instants as <see cref="Timestamp"/>s and back, exact to the microsecond.</summary>
static class Timestamps
{
    const long FirstSecond = -62_135_596_800; // 0001-01-01T00:00:00Z
    const long LastSecond = 253_402_300_799; // 9999-12-31T23:59:59Z
    const int NanosPerMicrosecond = 1_000;
    const int MicrosPerSecond = 1_000_000;

    public static Timestamp From(Instant instant) => new()
    {
        Seconds = instant.Microseconds / MicrosPerSecond,
        Nanos = (int)(instant.Microseconds % MicrosPerSecond) * NanosPerMicrosecond,
    };

    /// <summary>RFC 3339, as a caller of HTTP would write it: with nine digits where the timestamp is finer than a microsecond, which is refused there too.</summary>
    public static string ToText(Timestamp timestamp)
    {
        if (timestamp.Seconds is < FirstSecond or > LastSecond || timestamp.Nanos is < 0 or > 999_999_999)
            return string.Create(CultureInfo.InvariantCulture, $"{timestamp.Seconds} s and {timestamp.Nanos} ns");
        var digits = timestamp.Nanos % NanosPerMicrosecond == 0
            ? (timestamp.Nanos / NanosPerMicrosecond).ToString("D6", CultureInfo.InvariantCulture)
            : timestamp.Nanos.ToString("D9", CultureInfo.InvariantCulture);
        return $"{DateTime.UnixEpoch.AddSeconds(timestamp.Seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)}.{digits}Z";
    }
}
