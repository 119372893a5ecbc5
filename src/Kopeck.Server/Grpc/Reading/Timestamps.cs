using Google.Protobuf.WellKnownTypes;
using Kopeck.Ledger;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>Instants as <see cref="Timestamp"/>s and back, exact to the microsecond.</summary>
static class Timestamps
{
    const int NanosPerMicrosecond = 1_000;
    const int MicrosPerSecond = 1_000_000;

    public static Timestamp From(Instant instant) => new()
    {
        Seconds = instant.Microseconds / MicrosPerSecond,
        Nanos = (int)(instant.Microseconds % MicrosPerSecond) * NanosPerMicrosecond,
    };
}
