using Kopeck.Testing;

namespace Kopeck.Embedded.Tests;

/// <summary>The packages and the example, as their users build and run them.</summary>
public sealed class PackageTests
{
    static readonly string[] Packages =
        [
            "Kopeck.Ledger", "Kopeck.Engine", "Kopeck.Relational", "Kopeck.Sqlite", "Kopeck.Postgres", "Kopeck.Statements", "Kopeck.Api",
            "Kopeck.Embedded"];

    static readonly string[] Expected =
    [
        "paid once: True", "refused: insufficient_funds", "wallet: 847.50 EUR", "wallet: 25000 JPY", "as the deposit left it: 1000.00",
        "bulk: 1000", "statement: True", "journal: invoice 81", "verified: True",
    ];

    [Fact]
    public void The_example_runs_and_runs_again_without_paying_twice()
    {
        using var folder = new Folder();
        var example = Path.Combine(Shell.Repository, "examples", "EmbeddedExample", "bin", "Release", "net10.0", "EmbeddedExample");
        Assert.Equal(Expected, Run(example, folder));
        // Everything has its key, so only what the first run's bulk added is new in the balance.
        Assert.Equal(Expected.Select(line => line.Replace("847.50", "857.50", StringComparison.Ordinal)), Run(example, folder));
    }

    [Fact]
    public async Task Programs_of_their_own_use_the_packages()
    {
        using var folder = new Folder();
        var packages = Path.Combine(folder.Path, "packages");
        foreach (var project in Packages)
            Shell.Run(
                "dotnet", "pack", Path.Combine(Shell.Repository, "src", project), "--configuration", "Release", "--no-build", "--nologo",
                "--verbosity", "quiet", "--output", packages);
        var packed = Directory.GetFiles(packages, "*.nupkg");
        Assert.Equal(
            Packages.Select(name => name + ".0.1.0.nupkg").Order(StringComparer.Ordinal),
            packed.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(packed, PackedFile.AssertComplete);

        var example = await File.ReadAllTextAsync(Path.Combine(Shell.Repository, "examples", "EmbeddedExample", "Program.cs"));
        Assert.Equal(Expected, Run(await BuildAsync(folder, "example", example, "Kopeck.Embedded", "Kopeck.Postgres"), folder));

        // What the engine's README shows.
        var readme = await File.ReadAllTextAsync(Path.Combine(Shell.Repository, "src", "Kopeck.Engine", "README.md"));
        var shown = readme.Split("```csharp\n")[1].Split("```")[0].Replace("\"ledger.db\"", "args[0]", StringComparison.Ordinal);
        Assert.Equal(
            ["operation 4"], Run(await BuildAsync(folder, "engine", shown, "Kopeck.Engine", "Kopeck.Sqlite"), folder, "engine.db"));
    }

    /// <summary>Builds a program outside of the repository; its path.</summary>
    static async Task<string> BuildAsync(Folder folder, string name, string source, params string[] packages)
    {
        var program = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(program);
        await File.WriteAllTextAsync(Path.Combine(program, "Program.cs"), source);
        await File.WriteAllTextAsync(Path.Combine(program, "Directory.Build.props"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(program, "Directory.Packages.props"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(program, "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{folder.Path}/packages</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{folder.Path}/cache</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages.Select(package => $"""<PackageReference Include="{package}" Version="0.1.0" />"""))}
              </ItemGroup>
            </Project>
            """);
        Shell.Run(
            "dotnet", "build", program, "--configuration", "Release", "--nologo", "--verbosity", "quiet", "--output",
            Path.Combine(program, "out"));
        return Path.Combine(program, "out", "program");
    }

    static string[] Run(string program, Folder folder, string file = "ledger.db")
    {
        var result = Shell.Try(program, null, Path.Combine(folder.Path, file));
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
