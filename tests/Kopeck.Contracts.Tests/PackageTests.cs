using Kopeck.Testing;
using Kopeck.Testing.Contracts;

namespace Kopeck.Contracts.Tests;

/// <summary>The packages as strangers take them from a feed: what is packed, the tool, and programs outside of the repository.</summary>
public sealed class PackageTests
{
    static readonly string[] Published =
    [
        "Kopeck.Api", "Kopeck.Client", "Kopeck.Embedded", "Kopeck.Engine", "Kopeck.Ledger", "Kopeck.Postgres", "Kopeck.Proto",
        "Kopeck.Relational", "Kopeck.Server", "Kopeck.Sqlite", "Kopeck.Statements", "Kopeck.Testing", "kopeck",
    ];

    [Fact]
    public async Task Programs_outside_of_the_repository_use_what_is_published()
    {
        using var folder = new Folder();
        var feed = Path.Combine(folder.Path, "feed");
        Tools.Run(
            "dotnet", "pack", Path.Combine(Shell.Repository, "Kopeck.slnx"), "--configuration", "Release", "--no-build", "--nologo",
            "--verbosity", "quiet", "--output", feed);
        var packed = Directory.GetFiles(feed, "*.nupkg");
        Assert.Equal(
            Published.Select(name => name + ".0.1.0.nupkg").Order(StringComparer.Ordinal),
            packed.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(packed, PackedFile.AssertComplete);
        await InstallToolAsync(folder, feed);
        Func<Task>[] uses =
        [
            await WriteClientAsync(folder, feed), await WriteInAspNetAsync(folder, feed), await WriteTestsAsync(folder, feed),
            await WriteEngineAsync(folder, feed),
        ];
        var projects = Directory.GetFiles(folder.Path, "*.csproj", SearchOption.AllDirectories);
        var all = Path.Combine(folder.Path, "all.slnx");
        await File.WriteAllTextAsync(
            all, $"<Solution>{string.Concat(projects.Select(project => $"""<Project Path="{project}" />"""))}</Solution>",
            TestContext.Current.CancellationToken);
        Tools.Run("dotnet", "build", all, "--nologo", "--verbosity", "quiet", "--configuration", "Release");
        foreach (var use in uses)
            await use();
        await UseTrimmedAsync(folder, feed);
    }

    static async Task InstallToolAsync(Folder folder, string feed)
    {
        var tools = Path.Combine(folder.Path, "tools");
        Tools.Run("dotnet", "tool", "install", "kopeck", "--tool-path", tools, "--add-source", feed, "--version", "0.1.0");
        Assert.Equal(
            await File.ReadAllTextAsync(ApiDocument.PathOf(), TestContext.Current.CancellationToken),
            Tools.Run(Path.Combine(tools, "kopeck"), "openapi"));
    }

    // The client goes down to .NET 8; without its runtime here the program of 8 runs on the newer one.
    static async Task<Func<Task>> WriteClientAsync(Folder folder, string feed)
    {
        var program = await WriteAsync(folder, feed, "console", "net8.0;net10.0", """
            using Kopeck.Client;
            using Kopeck.V1;

            using IKopeckClient kopeck = new KopeckClient(args[0], args[1]);
            var ada = await kopeck.RegisterCustomerAsync(new() { Name = "Ada", Country = "GB", City = "London", Currency = "EUR" });
            var wallet = ada.Wallets[0].Id;
            await kopeck.DepositAsync(wallet, Money.Of(10, "EUR"));
            try
            {
                await kopeck.WithdrawAsync(wallet, Money.Of(11, "EUR"));
            }
            catch (KopeckException e) when (e.Code == KopeckErrors.InsufficientFunds)
            {
                Console.WriteLine((await kopeck.GetWalletAsync(wallet)).Available.Amount);
            }
            """, "Kopeck.Client");
        return async () =>
        {
            await using var server = await TestHost.TestServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
            foreach (var framework in new[] { "net8.0", "net10.0" })
            {
                var result = Shell.Try(
                    Path.Combine(program, "bin", "Release", framework, "console"), null, [server.Grpc.ToString(), server.AdminKey],
                    new Dictionary<string, string> { ["DOTNET_ROLL_FORWARD"] = "Major" });
                Assert.True(result.Output.Trim() == "10.00", $"{framework}: {result.Output} {result.Errors}");
            }
        };
    }

    static async Task<Func<Task>> WriteInAspNetAsync(Folder folder, string feed)
    {
        var program = await WriteAsync(folder, feed, "web", "net10.0", """
            using Kopeck.Api.Calls;
            using Kopeck.Embedded;

            var builder = WebApplication.CreateBuilder(args);
            builder.Logging.ClearProviders();
            builder.Services.AddKopeckLedger(":memory:");
            var app = builder.Build();
            app.MapGet("/book", async (KopeckLedger ledger) => (await ledger.DoAsync(new GetBookRequest())).Value);
            app.Urls.Add("http://127.0.0.1:0");
            await app.StartAsync();
            using var http = new HttpClient();
            Console.WriteLine(await http.GetStringAsync(app.Urls.First() + "/book"));
            await app.StopAsync();
            """, "Kopeck.Embedded");
        return () =>
        {
            Assert.StartsWith(
                """{"name":"main","baseCurrency":"EUR",""",
                Tools.Run(Path.Combine(program, "bin", "Release", "net10.0", "web")),
                StringComparison.Ordinal);
            return Task.CompletedTask;
        };
    }

    static async Task<Func<Task>> WriteTestsAsync(Folder folder, string feed)
    {
        var program = await WriteAsync(folder, feed, "tests", "net10.0", """
            using Kopeck.TestHost;
            using Xunit;

            public class WalletTests
            {
                [Fact]
                public async Task A_customer_has_a_wallet()
                {
                    await using var server = await TestServer.StartAsync();
                    using var client = server.CreateClient();
                    var ada = await client.RegisterCustomerAsync(new() { Name = "Ada", Country = "GB", City = "London", Currency = "EUR" });
                    Assert.Single(ada.Wallets);
                }
            }
            """, "Kopeck.Testing", "xunit.v3");
        return () =>
        {
            Tools.Run(Path.Combine(program, "bin", "Release", "net10.0", "tests"));
            return Task.CompletedTask;
        };
    }

    // What the engine's README shows.
    static async Task<Func<Task>> WriteEngineAsync(Folder folder, string feed)
    {
        var readme = await File.ReadAllTextAsync(
            Path.Combine(Shell.Repository, "src", "Kopeck.Engine", "README.md"), TestContext.Current.CancellationToken);
        var shown = readme.Split("```csharp\n")[1].Split("```")[0].Replace("\"ledger.db\"", "args[0]", StringComparison.Ordinal);
        var program = await WriteAsync(folder, feed, "engine", "net10.0", shown, "Kopeck.Engine", "Kopeck.Sqlite");
        return () =>
        {
            Assert.Equal(
                ["operation 4"],
                ExampleOutput.Run(Path.Combine(program, "bin", "Release", "net10.0", "engine"), Path.Combine(folder.Path, "engine.db")));
            return Task.CompletedTask;
        };
    }

    // Native code is told by the same analysis, which analyzers of the packages' own build make, too: docs/clients.md says how it was run.
    static async Task UseTrimmedAsync(Folder folder, string feed)
    {
        await using var server = await TestHost.TestServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        (string, string, string[], IReadOnlyList<string>)[] examples =
        [
            ("ClientExample", "Kopeck.Client", [server.Grpc.ToString(), server.AdminKey], ExampleOutput.Client),
            ("EmbeddedExample", "Kopeck.Embedded", [Path.Combine(folder.Path, "trimmed.db")], ExampleOutput.Embedded),
        ];
        // One of them each time: to trim takes as long as all else here.
        if (TestSeed.Scale == 1)
            examples = [examples[new Random(TestSeed.Next()).Next(examples.Length)]];
        foreach (var (example, package, arguments, said) in examples)
        {
            var source = await File.ReadAllTextAsync(
                Path.Combine(Shell.Repository, "examples", example, "Program.cs"), TestContext.Current.CancellationToken);
            var program = await WriteAsync(folder, feed, example, "net10.0", source, package);
            var output = Path.Combine(folder.Path, example + "-trimmed");
            var published = Tools.Run(
                "dotnet", "publish", program, "--framework", "net10.0", "--use-current-runtime", "--self-contained", "--configuration", "Release",
                "--nologo", "--output", output, "-p:PublishTrimmed=true", "-p:TrimmerSingleWarn=false");
            // What Microsoft's cache would serialise with where nobody gave it a serialiser; quotes have their own.
            Assert.DoesNotContain(
                published.Split('\n'),
                line => line.Contains("warning IL", StringComparison.Ordinal)
                    && !line.Contains("Caching.Hybrid.Internal.DefaultJsonSerializerFactory", StringComparison.Ordinal));
            Assert.Equal(said, ExampleOutput.Run(Path.Combine(output, example), arguments));
        }
    }

    static async Task<string> WriteAsync(
        Folder folder, string feed, string name, string frameworks, string source, params string[] packages)
    {
        var program = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(program);
        Task Write(string file, string text) =>
            File.WriteAllTextAsync(Path.Combine(program, file), text, TestContext.Current.CancellationToken);
        await Write("Program.cs", source);
        await Write("Directory.Build.props", "<Project />");
        await Write("Directory.Packages.props", "<Project />");
        await Write(name + ".csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk{(name == "web" ? ".Web" : "")}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFrameworks>{frameworks}</TargetFrameworks>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreAdditionalProjectSources>{feed}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{folder.Path}/cache</RestorePackagesPath>
                <RestoreFallbackFolders>{Tools.NuGetCache}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages.Select(package => $"""<PackageReference Include="{package}" Version="{VersionOf(package)}" />"""))}
              </ItemGroup>
            </Project>
            """);
        return program;
    }

    static string VersionOf(string package) => package == "xunit.v3" ? "4.0.2" : "0.1.0";
}
