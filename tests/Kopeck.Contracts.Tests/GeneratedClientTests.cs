using System.Globalization;
using System.Text.Json.Nodes;
using Kopeck.Testing;
using Kopeck.Testing.Contracts;

namespace Kopeck.Contracts.Tests;

/// <summary>
/// Clients that four generators make of the document compile as they are, strictly, and do the same things to a real server.
/// </summary>
public sealed class GeneratedClientTests
{
    static readonly string[] Expected =
    [
        "deposit: 1000.00", "hold: 100.00", "captured: 90.00, released: 10.00", "converted: 163.12 -153.27",
        "batch: deposit transfer insufficient_funds", "listed: 7, 7", "refused: insufficient_funds", "wallet: 761.73, customer: True",
        "statement: 25000, lines: 1",
    ];

    [Fact]
    public async Task Kiotas_client_in_CSharp_does_it()
    {
        using var folder = new Folder();
        Tools.Run(
            Tools.Kiota, "generate", "--language", "CSharp", "--openapi", ApiDocument.PathOf(), "--output",
            Path.Combine(folder.Path, "client"), "--class-name", "KopeckClient", "--namespace-name", "Kopeck.Kiota", "--log-level",
            "Error");
        await WriteAsync(folder, "kiota.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.Kiota.Abstractions" Version="2.1.2" />
                <PackageReference Include="Microsoft.Kiota.Http.HttpClientLibrary" Version="2.1.2" />
                <PackageReference Include="Microsoft.Kiota.Serialization.Form" Version="2.1.2" />
                <PackageReference Include="Microsoft.Kiota.Serialization.Json" Version="2.1.2" />
                <PackageReference Include="Microsoft.Kiota.Serialization.Multipart" Version="2.1.2" />
                <PackageReference Include="Microsoft.Kiota.Serialization.Text" Version="2.1.2" />
              </ItemGroup>
            </Project>
            """);
        await AssertProgramAsync(folder, "Kiota");
    }

    [Fact]
    public async Task NSwags_client_in_CSharp_does_it_with_open_objects_for_what_is_one_of_several()
    {
        using var folder = new Folder();
        // NSwag takes the first of several for the type of an array's items and never writes the class it names: docs/clients.md.
        var document = JsonNode.Parse(await File.ReadAllTextAsync(ApiDocument.PathOf(), TestContext.Current.CancellationToken))!;
        var schemas = document["components"]!["schemas"]!.AsObject();
        var several = schemas.Where(schema => schema.Value!["oneOf"] is not null).Select(schema => schema.Key).ToList();
        Assert.Equal(["BatchItem", "BatchOutcome", "BatchOutcomePreview"], several);
        foreach (var name in several)
            schemas[name] = new JsonObject { ["type"] = "object", ["description"] = schemas[name]!["description"]!.DeepClone() };
        await WriteAsync(folder, "open.json", document.ToJsonString());
        Tools.Run(
            Tools.NSwag, "openapi2csclient", $"/input:{folder.Path}/open.json", $"/output:{folder.Path}/KopeckClient.cs",
            "/namespace:Kopeck.NSwag", "/classname:KopeckClient", "/generateOptionalParameters:true",
            "/generateOptionalPropertiesAsNullable:true");
        await WriteAsync(folder, "nswag.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Newtonsoft.Json" Version="13.0.3" />
              </ItemGroup>
            </Project>
            """);
        await AssertProgramAsync(folder, "NSwag");
    }

    /// <summary>Builds a program in a folder with the client that was generated there, and has it do the scenario.</summary>
    /// <param name="name">Its folder's name; in small letters its project's.</param>
    static async Task AssertProgramAsync(Folder folder, string name)
    {
        // Nothing of the repository's own settings.
        await WriteAsync(folder, "Directory.Build.props", "<Project />");
        await WriteAsync(folder, "Directory.Packages.props", "<Project />");
        File.Copy(Path.Combine(Tools.Project, "Programs", name, "Program.cs"), Path.Combine(folder.Path, "Program.cs"));
        var output = Path.Combine(folder.Path, "out");
        Tools.Run("dotnet", "build", folder.Path, "--nologo", "--verbosity", "quiet", "--output", output);
        await AssertScenarioAsync(Path.Combine(output, name.ToLowerInvariant()));
    }

    [Fact]
    public async Task OpenApi_typescripts_types_with_openapi_fetch_do_it()
    {
        using var folder = new Folder();
        CopyProgram(folder, "Fetch");
        Tools.Run(Tools.Program("openapi-typescript"), ApiDocument.PathOf(), "--output", Path.Combine(folder.Path, "kopeck.d.ts"));
        await AssertTypeScriptAsync(folder);
    }

    [Fact]
    public async Task Hey_APIs_client_does_it()
    {
        using var folder = new Folder();
        CopyProgram(folder, "HeyApi");
        await WriteAsync(folder, "openapi-ts.config.mjs", $$"""
            export default {
              input: "{{ApiDocument.PathOf()}}",
              output: { path: "{{folder.Path}}/kopeck", tsConfigPath: "{{folder.Path}}/tsconfig.json" },
              plugins: ["@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch"],
            };
            """);
        Tools.Run(Tools.Program("openapi-ts"), "--file", Path.Combine(folder.Path, "openapi-ts.config.mjs"));
        await AssertTypeScriptAsync(folder);
    }

    [Fact]
    public Task The_example_in_Python_does_it() =>
        AssertScenarioAsync("python3", Path.Combine(Shell.Repository, "examples", "python", "kopeck.py"));

    static void CopyProgram(Folder folder, string program)
    {
        File.Copy(Path.Combine(Tools.Project, "Programs", program, "scenario.ts"), Path.Combine(folder.Path, "scenario.ts"));
        File.Copy(Path.Combine(Tools.Project, "Programs", "tsconfig.json"), Path.Combine(folder.Path, "tsconfig.json"));
    }

    static async Task AssertTypeScriptAsync(Folder folder)
    {
        await WriteAsync(folder, "package.json", """{"type": "module"}""");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "node_modules"), Tools.Modules);
        Tools.Run(Tools.Program("tsc"), "--project", folder.Path);
        await AssertScenarioAsync("node", Path.Combine(folder.Path, "out", "scenario.js"));
    }

    static async Task AssertScenarioAsync(string program, params string[] arguments)
    {
        await using var server = await LedgerServer.StartAsync();
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var loaded = await server.SendAsync(
            "PUT", $"/v1/quotes/{today}", """{"JPY": {"units": "163.12", "base": "1"}}""", "quotes", server.AdminKey);
        Assert.Equal(200, loaded.Status);
        var output = Tools.Run(program, [.. arguments, server.Address.ToString().TrimEnd('/'), server.AdminKey]);
        Assert.Equal(Expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    static Task WriteAsync(Folder folder, string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder.Path, name), text, TestContext.Current.CancellationToken);
}
