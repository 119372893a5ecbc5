using Kopeck.Testing;
using Kopeck.Testing.Contracts;

namespace Kopeck.Contracts.Tests;

/// <summary>Two linters' own rules find no errors in the document.</summary>
public sealed class LinterTests
{
    [Fact]
    public void Redocly_finds_no_errors() =>
        Assert.Contains(
            "is valid",
            Shell.Try(
                Tools.Program("redocly"), null, ["lint", "--extends=recommended", ApiDocument.PathOf()],
                new Dictionary<string, string> { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" }).Errors,
            StringComparison.Ordinal);

    [Fact]
    public async Task Spectral_finds_no_errors_and_no_warnings()
    {
        using var folder = new Folder();
        var rules = Path.Combine(folder.Path, "rules.json");
        await File.WriteAllTextAsync(rules, """{"extends": ["spectral:oas"]}""", TestContext.Current.CancellationToken);
        Tools.Run(Tools.Program("spectral"), "lint", "--fail-severity", "warn", "--ruleset", rules, ApiDocument.PathOf());
    }
}
