using Kopeck.Testing;

namespace Kopeck.Client.Tests;

/// <summary>The example, as its readers run it. What it is with the package of a feed, the tests of contracts try.</summary>
public sealed class ExampleTests
{
    [Fact]
    public async Task The_example_runs()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        Assert.Equal(
            ExampleOutput.Client,
            ExampleOutput.Run(
                Path.Combine(Shell.Repository, "examples", "ClientExample", "bin", "Release", "net10.0", "ClientExample"),
                server.Grpc.ToString(), server.Key));
    }
}
