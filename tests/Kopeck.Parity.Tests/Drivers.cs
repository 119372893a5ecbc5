using Kopeck.Parity.Tests.Driving;

namespace Kopeck.Parity.Tests;

/// <summary>The interfaces of the ledger. What the first tells, each must tell.</summary>
static class Drivers
{
    public static IReadOnlyDictionary<string, Func<Bench, Task<ILedgerDriver>>> All { get; } =
        new Dictionary<string, Func<Bench, Task<ILedgerDriver>>>(StringComparer.Ordinal)
        {
            ["http"] = HttpDriver.StartAsync,
            ["grpc"] = GrpcDriver.StartAsync,
            ["client"] = ClientDriver.StartAsync,
            ["embedded"] = EmbeddedDriver.StartAsync,
        };
}
