using System.Text.Json.Nodes;
using Kopeck.Testing;

namespace Kopeck.Process.Tests;

/// <summary>A number that is changed in the tables is changed everywhere.</summary>
public sealed class SchemaChangeTests
{
    [Fact]
    public async Task Database_validator_error_text_and_OpenAPI_document_follow_a_change_of_the_tables()
    {
        using var copy = new Folder();
        foreach (var part
            in new[]
            {
                "src",
                "proto",
                "schema",
                "tools",
                "Directory.Build.props",
                "Directory.Packages.props",
                ".editorconfig",
                "BannedSymbols.txt",
                "global.json"
            })
            Shell.Run(
                "sh", "-c", $"cd '{Shell.Repository}' && tar --exclude=bin --exclude=obj -cf - '{part}' | tar -xf - -C '{copy.Path}'");
        Replace(copy, "00-domains.sql", "customer_name AS varchar(200)", "customer_name AS varchar(12)");
        Replace(copy, "00-domains.sql", "quote_figure AS numeric(28,14)", "quote_figure AS numeric(24,10)");
        Replace(copy, "20-journal.sql", "city city_name NOT NULL", "city city_name");
        Replace(
            copy, "20-journal.sql", "  -- The name, folded for search.",
            "  -- @input\n  -- How the customer is called up.\n  phone varchar(9),\n  -- The name, folded for search.");

        var unmigrated = Build(copy, "src/Kopeck.Ledger/Kopeck.Ledger.csproj");
        Assert.NotEqual(0, unmigrated.ExitCode);
        Assert.Contains("KF0010", unmigrated.Output, StringComparison.Ordinal);
        Shell.Run(
            "dotnet", "run", "--project", Path.Combine(copy.Path, "tools", "Kopeck.Schema"), "--", "migrate",
            Path.Combine(copy.Path, "schema"), "changed");
        var built = Build(copy, "src/Kopeck.Cli/Kopeck.Cli.csproj");
        Assert.True(built.ExitCode == 0, built.Output);
        var program = Path.Combine(copy.Path, "src", "Kopeck.Cli", "bin", "Release", "net10.0", "kopeck");

        using var folder = new Folder();
        // The database is of the version before: the migration brings it here.
        Shell.Run(Shell.Kopeck, "db", "create", "--database", "sqlite:" + folder.Database);
        Assert.Equal(3, Shell.Try(program, null, "verify", "--database", "sqlite:" + folder.Database).ExitCode);
        Shell.Run(program, "db", "migrate", "--database", "sqlite:" + folder.Database);
        await using var server = await Server.StartAsync(folder, program: program);

        var tooLong = await server.PostAsync("/v1/customers", """{"name":"Thirteen char","country":"PT","phone":"1234567890"}""");
        Assert.Equal(422, tooLong.Status);
        Assert.Equal(
            ["/name too_long At most 12 characters, got 13", "/phone too_long At most 9 characters, got 10"],
            tooLong.Json["errors"]!.AsArray().Select(error => $"{error!["pointer"]} {error["code"]} {error["detail"]}"));
        var registered = await server.PostAsync("/v1/customers", """{"name":"Twelve chars","country":"PT","phone":"555-0100"}""");
        Assert.Equal((201, "555-0100"), (registered.Status, registered.Json["phone"]?.GetValue<string>()));
        Assert.Null(registered.Json["city"]);
        var quote = await server.SendAsync(HttpMethod.Put, "/v1/quotes/2020-01-01", """{"JPY":"0.12345678901"}""", null);
        Assert.Equal("At most 10 decimals, got 11", quote.Json["errors"]![0]!["detail"]!.GetValue<string>());

        var body = JsonNode.Parse(Shell.Try(program, null, "openapi").Output)!["components"]!["schemas"]!["RegisterCustomer"]!;
        Assert.Equal(
            (12, 9),
            (body["properties"]!["name"]!["maxLength"]!.GetValue<int>(), body["properties"]!["phone"]!["maxLength"]!.GetValue<int>()));
        Assert.DoesNotContain("city", body["required"]!.AsArray().Select(name => name!.GetValue<string>()));

        var table = Shell.Try(
            "python3", null, "-c",
            $"import sqlite3; print(sqlite3.connect('{folder.Database}').execute(\"select sql from sqlite_master where name = 'personal_values'\").fetchone()[0])").Output;
        Assert.Contains("name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 12)", table, StringComparison.Ordinal);
        Assert.Contains("city TEXT CHECK", table, StringComparison.Ordinal);
        Assert.Contains("phone TEXT CHECK (length(phone) BETWEEN 1 AND 9)", table, StringComparison.Ordinal);
        Shell.Run(program, "verify", "--database", "sqlite:" + folder.Database);
    }

    // The style is of no interest here, and takes most of the time.
    static ShellResult Build(Folder copy, string project) =>
        Shell.Try(
            "dotnet", null, "build", Path.Combine(copy.Path, project), "--configuration", "Release", "--nologo", "--verbosity", "quiet",
            "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false");

    static void Replace(Folder copy, string file, string before, string after)
    {
        var path = Path.Combine(copy.Path, "schema", "tables", file);
        var text = File.ReadAllText(path);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(before, after, StringComparison.Ordinal));
    }
}
