using Kopeck.Testing;

namespace Kopeck.Console.Tests;

/// <summary>The TypeScript client: its own tests in Node, its types and its package.</summary>
public sealed class ClientTests
{
    static readonly string Folder = Path.Combine(Shell.Repository, "clients", "typescript");

    [Fact]
    public void Its_tests_pass_in_Node_against_a_real_server()
    {
        Prepare();
        var tested = Npm("test");
        Assert.True(tested.ExitCode == 0, tested.Output + tested.Errors);
        Assert.Contains("# pass", tested.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_example_runs()
    {
        Prepare();
        var compiled = Npm("exec", "--", "tsc", "-p", "tsconfig.test.json", "--outDir", "test-dist/example");
        Assert.True(compiled.ExitCode == 0, compiled.Output);
        using var place = new Folder();
        await using var server = await Server.StartAsync(place);
        var run = Shell.Try(
            "node", null, [Path.Combine(Folder, "test-dist", "example", "examples", "first.js")],
            new Dictionary<string, string> { ["KOPECK_URL"] = server.Url, ["KOPECK_KEY"] = server.Key });
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("100.00 EUR", run.Output, StringComparison.Ordinal);
        Assert.Contains("refused: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_types_are_those_of_the_document()
    {
        Prepare();
        var made = Path.Combine(Directory.CreateTempSubdirectory("kopeck-types-").FullName, "openapi.ts");
        var document = Path.Combine(Shell.Repository, "docs", "openapi.json");
        var generated = Npm("exec", "--", "openapi-typescript", document, "--output", made, "--alphabetize");
        Assert.True(generated.ExitCode == 0, generated.Errors);
        Assert.True(
            File.ReadAllText(made) == File.ReadAllText(Path.Combine(Folder, "src", "generated", "openapi.ts")),
            "The document changed: run `npm run generate` in clients/typescript, and then `npm run build` in src/Kopeck.Console");
    }

    [Fact]
    public void Its_package_has_what_is_used_and_nothing_else()
    {
        Prepare();
        var packed = Npm("pack", "--dry-run", "--json");
        Assert.True(packed.ExitCode == 0, packed.Errors);
        foreach (var file in new[] { "dist/index.js", "dist/index.d.ts", "src/index.ts", "README.md", "LICENSE", "package.json" })
            Assert.Contains($"\"path\": \"{file}\"", packed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"path\": \"test", packed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"path\": \"node_modules", packed.Output, StringComparison.Ordinal);
    }

    static void Prepare()
    {
        Assert.SkipUnless(Shell.Try("/bin/sh", null, "-c", "command -v npm").ExitCode == 0, "Node is not installed, so its client is not tested");
        lock (Folder)
        {
            if (Directory.Exists(Path.Combine(Folder, "node_modules")))
                return;
            var installed = Npm("ci", "--no-audit", "--no-fund");
            Assert.True(installed.ExitCode == 0, installed.Errors);
        }
    }

    static ShellResult Npm(params string[] arguments) => Shell.Try(
        "/bin/sh", null, ["-c", "cd \"$0\" && npm \"$@\"", Folder, .. arguments],
        new Dictionary<string, string> { ["KOPECK_PROGRAM"] = Shell.Kopeck });
}
