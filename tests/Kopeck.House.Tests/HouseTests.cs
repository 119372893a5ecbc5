using System.Reflection;
using Kopeck.Engine;
using Kopeck.Ledger.Money;
using Kopeck.Postgres;
using Kopeck.Redis;
using Kopeck.Server.Hosting;
using Kopeck.Sqlite;
using Kopeck.Statements;

namespace Kopeck.House.Tests;

/// <summary>What holds for the house as a whole.</summary>
public sealed class HouseTests
{
    static readonly Assembly Ledger = typeof(Currency).Assembly;
    static readonly Assembly Engine = typeof(LedgerEngine).Assembly;
    static readonly Assembly Sqlite = typeof(SqliteStore).Assembly;
    static readonly Assembly Postgres = typeof(PostgresStore).Assembly;
    static readonly Assembly Redis = typeof(SharedQuotes).Assembly;
    static readonly Assembly Statements = typeof(StatementFiles).Assembly;
    static readonly Assembly Proto = typeof(V1.Money).Assembly;
    static readonly Assembly Server = typeof(KopeckServer).Assembly;

    [Fact]
    public void Arrows_between_the_projects_run_one_way()
    {
        Assert.Empty(KopeckReferences(Ledger));
        Assert.Equal(["Kopeck.Ledger"], KopeckReferences(Engine));
        Assert.Subset(new HashSet<string> { "Kopeck.Ledger", "Kopeck.Engine" }, KopeckReferences(Sqlite).ToHashSet(StringComparer.Ordinal));
        Assert.Subset(new HashSet<string> { "Kopeck.Ledger", "Kopeck.Engine" }, KopeckReferences(Postgres).ToHashSet(StringComparer.Ordinal));
        Assert.Subset(new HashSet<string> { "Kopeck.Ledger", "Kopeck.Engine" }, KopeckReferences(Redis).ToHashSet(StringComparer.Ordinal));
        Assert.Equal(["Kopeck.Engine", "Kopeck.Ledger"], KopeckReferences(Statements).Order(StringComparer.Ordinal));
        Assert.Empty(KopeckReferences(Proto));
        Assert.Subset(new HashSet<string> { "Kopeck.Ledger", "Kopeck.Engine", "Kopeck.Statements", "Kopeck.Proto" }, KopeckReferences(Server).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void The_embedded_ledger_brings_no_server()
    {
        var embedded = typeof(Kopeck.Embedded.KopeckLedger).Assembly;
        Assert.Subset(new HashSet<string> { "Kopeck.Ledger", "Kopeck.Engine", "Kopeck.Sqlite", "Kopeck.Statements" }, KopeckReferences(embedded).ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain(embedded.GetReferencedAssemblies(), reference => reference.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void The_ledger_has_no_floating_point_no_clock_no_thread_and_no_IO()
    {
        Type[] floating = [typeof(double), typeof(float), typeof(Half)];
        foreach (var assembly in new[] { Ledger, Engine })
        {
            foreach (var type in assembly.GetTypes())
            {
                foreach (var field in type.GetFields(All))
                    Assert.False(floating.Contains(field.FieldType), $"{type}.{field.Name} is floating point");
                foreach (var parameter in type.GetMethods(All).SelectMany(method => method.GetParameters().Append(method.ReturnParameter)))
                    Assert.False(floating.Contains(parameter.ParameterType), $"{type}.{parameter.Member.Name} is floating point");
            }
        }

        // What is not of the engine's business stays outside it.
        Assert.DoesNotContain(Engine.GetReferencedAssemblies(), reference => reference.Name!.Contains("Redis", StringComparison.Ordinal));
        string[] forbidden = ["System.Net", "System.Data", "Microsoft.Extensions", "Microsoft.AspNetCore", "System.Threading.Channels", "System.Threading.ThreadPool"];
        Assert.DoesNotContain(Ledger.GetReferencedAssemblies(), reference => forbidden.Any(start => reference.Name!.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_file_of_the_sources_is_short_enough_to_hold_one_idea()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        var files = Directory.GetFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal));
        foreach (var file in files)
            Assert.True(File.ReadLines(file).Count() <= 400, $"{file} has more than 400 lines");
    }

    const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static IEnumerable<string> KopeckReferences(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => name.StartsWith("Kopeck", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
