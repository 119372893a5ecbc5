namespace Kopeck.House.Tests;

/// <summary>Arrows between the projects run one way, and every project of the product is named here.</summary>
public sealed class ArrowTests
{
    // What each may use; what a project does not use of it is no fault.
    static readonly Dictionary<string, string[]> May = new(StringComparer.Ordinal)
    {
        ["Kopeck.Ledger"] = [],
        ["Kopeck.Engine"] = ["Kopeck.Ledger"],
        ["Kopeck.Relational"] = ["Kopeck.Ledger", "Kopeck.Engine"],
        ["Kopeck.Sqlite"] = ["Kopeck.Ledger", "Kopeck.Engine", "Kopeck.Relational"],
        ["Kopeck.Postgres"] = ["Kopeck.Ledger", "Kopeck.Engine", "Kopeck.Relational"],
        ["Kopeck.Redis"] = ["Kopeck.Ledger", "Kopeck.Engine"],
        ["Kopeck.Statements"] = ["Kopeck.Ledger", "Kopeck.Engine"],
        ["Kopeck.Api"] = ["Kopeck.Ledger", "Kopeck.Engine", "Kopeck.Statements"],
        ["Kopeck.Proto"] = [],
        ["Kopeck.Client"] = ["Kopeck.Proto"],
        ["Kopeck.Server"] = ["Kopeck.Ledger", "Kopeck.Engine", "Kopeck.Statements", "Kopeck.Api", "Kopeck.Proto"],
        ["Kopeck.Embedded"] =
            ["Kopeck.Ledger", "Kopeck.Engine", "Kopeck.Relational", "Kopeck.Sqlite", "Kopeck.Postgres", "Kopeck.Statements", "Kopeck.Api"],
        ["Kopeck.TestHost"] =
        [
            "Kopeck.Ledger", "Kopeck.Engine", "Kopeck.Relational", "Kopeck.Sqlite", "Kopeck.Statements", "Kopeck.Api", "Kopeck.Server",
            "Kopeck.Client", "Kopeck.Embedded",
        ],
        ["Kopeck.Cli"] =
        [
            "Kopeck.Ledger", "Kopeck.Engine", "Kopeck.Relational", "Kopeck.Sqlite", "Kopeck.Postgres", "Kopeck.Redis", "Kopeck.Statements",
            "Kopeck.Api", "Kopeck.Server",
        ],
    };

    public static TheoryData<string> Projects => [.. Assemblies.All.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void An_assembly_uses_only_what_lies_below_it(string project)
    {
        Assert.True(May.TryGetValue(project, out var allowed), $"{project} is new: say here what it may use");
        Assert.Subset(allowed.ToHashSet(StringComparer.Ordinal), Assemblies.References(project).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void The_embedded_ledger_brings_no_server() =>
        Assert.DoesNotContain(Assemblies.All["Kopeck.Embedded"].GetReferencedAssemblies(),
            reference => reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void The_ledger_has_no_clock_no_thread_and_no_IO()
    {
        string[] forbidden =
        [
            "System.Net", "System.Data", "Microsoft.Extensions", "Microsoft.AspNetCore", "System.Threading.Channels",
            "System.Threading.ThreadPool"
        ];
        Assert.DoesNotContain(Assemblies.All["Kopeck.Ledger"].GetReferencedAssemblies(),
            reference => forbidden.Any(start => reference.Name!.StartsWith(start, StringComparison.Ordinal)));
    }

    // What is not of the engine's business stays outside it.
    [Fact]
    public void The_engine_knows_no_cache_by_name() =>
        Assert.DoesNotContain(Assemblies.All["Kopeck.Engine"].GetReferencedAssemblies(),
            reference => reference.Name!.Contains("Redis", StringComparison.Ordinal));
}
