using System.Reflection;
using System.Text.RegularExpressions;
using Kopeck.Client;
using Kopeck.Ledger.Errors;
using Kopeck.Testing;

namespace Kopeck.Contracts.Tests;

/// <summary>The codes that programs rely on are the same everywhere, and all of them are named.</summary>
public sealed partial class CodeTests
{
    [Fact]
    public void The_clients_constants_are_the_ledgers_codes() =>
        Assert.Equal(
            Enum.GetValues<ErrorCode>().ToDictionary(code => code.ToString(), code => code.Name(), StringComparer.Ordinal),
            typeof(KopeckErrors).GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(
                field => field.Name, field => (string)field.GetRawConstantValue()!, StringComparer.Ordinal));

    // Every code of a field's problem that the sources write, however they write it.
    [Fact]
    public void Every_code_of_a_field_in_the_sources_is_named()
    {
        var folders = new[] { "Kopeck.Ledger", "Kopeck.Engine", "Kopeck.Api", "Kopeck.Statements", "Kopeck.Server" };
        var codes = folders.SelectMany(name => Directory.GetFiles(
                Path.Combine(Shell.Repository, "src", name), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(path => FieldCode().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups["code"].Value).Where(code => code != "not_json").ToHashSet(StringComparer.Ordinal);
        Assert.Superset(codes, FieldErrorCodes.All.ToHashSet(StringComparer.Ordinal));
        // Otherwise the pattern would have found nothing.
        Assert.True(codes.Count > 40, string.Join(' ', codes.Order(StringComparer.Ordinal)));
        Assert.Equal(FieldErrorCodes.All.Order(StringComparer.Ordinal), FieldErrorCodes.All);
    }

    [Fact]
    public void The_clients_interface_has_all_that_the_client_has()
    {
        static IEnumerable<string> Members(Type type) => type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(method => method.DeclaringType != typeof(object)).Select(method => method.ToString()!).Order(StringComparer.Ordinal);
        Assert.Equal(
            Members(typeof(KopeckClient)),
            Members(typeof(IKopeckClient)).Concat(Members(typeof(IDisposable))).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(
        """new (?:FieldError|FieldProblem)\(\s*(?:[^;"]*?,\s*|"/\w+",\s*|"",\s*|\$"[^"]*",\s*)?"(?<code>[a-z_]+)"|FieldError \w+(?: \{ get; \})?\s*=\s*new\(\s*"(?<code>[a-z_]+)"|FieldError \w+\([^)]*\) =>\s*new\(\s*"(?<code>[a-z_]+)"|InvalidQuery\("\w+", "(?<code>[a-z_]+)"|Missing\([^)]*, "(?<code>[a-z_]+)"\)""",
        RegexOptions.ExplicitCapture,
        5_000)]
    private static partial Regex FieldCode();
}
