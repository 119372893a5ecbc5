using Kopeck.Testing;

namespace Kopeck.Contracts.Tests;

/// <summary>The linters and generators of others, installed into the repository's ignored folders when they are first needed.</summary>
static class Tools
{
    const string KiotaVersion = "1.38.0";
    const string NSwagVersion = "14.8.0";

    static readonly Lazy<string> Node = new(InstallNode);
    static readonly Lazy<string> Kiotas = new(() => InstallTool("Microsoft.OpenApi.Kiota", KiotaVersion, "kiota"));
    static readonly Lazy<string> NSwags = new(() => InstallTool("NSwag.ConsoleCore", NSwagVersion, "nswag"));

    /// <summary>This project's folder.</summary>
    public static string Project { get; } = Path.Combine(Shell.Repository, "tests", "Kopeck.Contracts.Tests");

    /// <summary>Where NuGet keeps what was restored.</summary>
    public static string NuGetCache => Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Where npm's packages are.</summary>
    public static string Modules => Node.Value;

    public static string Kiota => Kiotas.Value;

    public static string NSwag => NSwags.Value;

    /// <summary>A program of an npm package.</summary>
    public static string Program(string name) => Path.Combine(Modules, ".bin", name);

    /// <summary>Runs a program that must end well; what it said.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var result = Shell.Try(program, null, arguments);
        Assert.True(
            result.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Output}{result.Errors}");
        return result.Output;
    }

    static string InstallNode()
    {
        var folder = Path.Combine(Project, "tools");
        var modules = Path.Combine(folder, "node_modules");
        var stamp = Path.Combine(modules, ".of-lock");
        var wanted = File.ReadAllText(Path.Combine(folder, "package-lock.json"));
        if (!File.Exists(stamp) || File.ReadAllText(stamp) != wanted)
        {
            var npm = Packages.Program("npm", () => Find("npm"));
            Run(npm, "ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error");
            File.WriteAllText(stamp, wanted);
        }

        return modules;
    }

    static string InstallTool(string package, string version, string name)
    {
        var folder = Path.Combine(Project, "tools", "dotnet");
        var program = Path.Combine(folder, name);
        if (!File.Exists(program))
            Run("dotnet", "tool", "install", package, "--tool-path", folder, "--version", version);
        return program;
    }

    /// <summary>A program of the path; null where there is none.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
