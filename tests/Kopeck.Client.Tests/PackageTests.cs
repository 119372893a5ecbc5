using Kopeck.Testing;

namespace Kopeck.Client.Tests;

/// <summary>The package and the example, as their users build and run them.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task The_example_runs()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        Assert.Equal(
            Expected,
            Run(Path.Combine(Shell.Repository, "examples", "ClientExample", "bin", "Release", "net10.0", "ClientExample"), server));
    }

    [Fact]
    public async Task A_program_of_its_own_uses_the_package()
    {
        using var folder = new Folder();
        await using var server = await Server.StartAsync(folder);
        var packages = Path.Combine(folder.Path, "packages");
        foreach (var project in new[] { "Kopeck.Proto", "Kopeck.Client" })
            Shell.Run(
                "dotnet", "pack", Path.Combine(Shell.Repository, "src", project), "--configuration", "Release", "--no-build", "--nologo",
                "--verbosity", "quiet", "--output", packages);
        Assert.All(Directory.GetFiles(packages, "*.nupkg"), PackedFile.AssertComplete);
        var program = Path.Combine(folder.Path, "program");
        Directory.CreateDirectory(program);
        File.Copy(Path.Combine(Shell.Repository, "examples", "ClientExample", "Program.cs"), Path.Combine(program, "Program.cs"));
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
                <PackageReference Include="Kopeck.Client" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """);
        Shell.Run(
            "dotnet", "build", program, "--configuration", "Release", "--nologo", "--verbosity", "quiet", "--output",
            Path.Combine(program, "out"));
        Assert.Equal(Expected, Run(Path.Combine(program, "out", "program"), server));
    }

    static string[] Expected { get; } =
        ["paid once: True", "refused: insufficient_funds", "wallet: 69.50", "wallet: 30.50", "bulk: 1000", "journal: invoice 81"];

    static string[] Run(string program, Server server)
    {
        var result = Shell.Try(program, null, server.Grpc.ToString(), server.Key);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
