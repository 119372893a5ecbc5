using Kopeck.Testing;

namespace Kopeck.Embedded.Tests;

/// <summary>The example, as its readers run it. What it is with the packages of a feed, the tests of contracts try.</summary>
public sealed class ExampleTests
{
    [Fact]
    public void The_example_runs_and_runs_again_without_paying_twice()
    {
        using var folder = new Folder();
        var example = Path.Combine(Shell.Repository, "examples", "EmbeddedExample", "bin", "Release", "net10.0", "EmbeddedExample");
        var ledger = Path.Combine(folder.Path, "ledger.db");
        Assert.Equal(ExampleOutput.Embedded, ExampleOutput.Run(example, ledger));
        // Everything has its key, so only what the first run's bulk added is new in the balance.
        Assert.Equal(
            ExampleOutput.Embedded.Select(line => line.Replace("847.50", "857.50", StringComparison.Ordinal)),
            ExampleOutput.Run(example, ledger));
    }
}
