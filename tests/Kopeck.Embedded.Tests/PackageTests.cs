using Kopeck.Testing;

namespace Kopeck.Embedded.Tests;

/// <summary>The packages and the example, as their users build and run them.</summary>
public sealed class PackageTests
{
    static readonly string[] Packages = ["Kopeck.Ledger", "Kopeck.Engine", "Kopeck.Sqlite", "Kopeck.Postgres", "Kopeck.Statements", "Kopeck.Embedded"];

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
    public async Task A_program_of_its_own_uses_the_packages()
    {
        using var folder = new Folder();
        var packages = Path.Combine(folder.Path, "packages");
        foreach (var project in Packages)
            Shell.Run("dotnet", "pack", Path.Combine(Shell.Repository, "src", project), "--configuration", "Release", "--no-build", "--nologo", "--verbosity", "quiet", "--output", packages);
        Assert.Equal(Packages.Select(name => name + ".0.1.0.nupkg").Order(StringComparer.Ordinal), Directory.GetFiles(packages, "*.nupkg").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var program = Path.Combine(folder.Path, "program");
        Directory.CreateDirectory(program);
        File.Copy(Path.Combine(Shell.Repository, "examples", "EmbeddedExample", "Program.cs"), Path.Combine(program, "Program.cs"));
        await File.WriteAllTextAsync(Path.Combine(program, "Directory.Build.props"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(program, "Directory.Packages.props"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(program, "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{packages}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{folder.Path}/cache</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Kopeck.Embedded" Version="0.1.0" />
                <PackageReference Include="Kopeck.Postgres" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """);
        Shell.Run("dotnet", "build", program, "--configuration", "Release", "--nologo", "--verbosity", "quiet", "--output", Path.Combine(program, "out"));
        Assert.Equal(Expected, Run(Path.Combine(program, "out", "program"), folder));
    }

    static string[] Run(string program, Folder folder)
    {
        var result = Shell.Try(program, null, Path.Combine(folder.Path, "ledger.db"));
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
