using System.Diagnostics;
using System.Reflection;
using Kopeck.Fields.Emit;
using Kopeck.Fields.Sql;

namespace Kopeck.Fields.Tests;

/// <summary>A copy of the repository's tables and migrations to change, and the tool that migrates it.</summary>
sealed class SchemaCopy : IDisposable
{
    static readonly string Tool =
        typeof(SchemaCopy).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "SchemaTool").Value!;

    readonly string folder = Directory.CreateTempSubdirectory("kopeck-schema-").FullName;

    public SchemaCopy()
    {
        foreach (var part in new[] { "tables", "migrations" })
        {
            Directory.CreateDirectory(Path.Combine(folder, part));
            foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "schema", part)))
                File.Copy(file, Path.Combine(folder, part, Path.GetFileName(file)));
        }
    }

    public string Database => Path.Combine(folder, "test.db");

    public string Snapshot => Read("migrations", "snapshot.sql");

    /// <summary>The number of migrations of one engine.</summary>
    public int Count => Directory.GetFiles(Path.Combine(folder, "migrations"), "*.sqlite.sql").Length;

    public SchemaCopy Change(string file, string before, string after)
    {
        var text = Read("tables", file);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "tables", file), text.Replace(before, after, StringComparison.Ordinal));
        return this;
    }

    /// <summary>A migration's text for an engine.</summary>
    public string Migration(int version, string engine) =>
        File.ReadAllText(Directory.GetFiles(Path.Combine(folder, "migrations"), $"{version:D4}_*.{engine}.sql").Single());

    /// <summary>What SQLite has when the tables are made as they are now.</summary>
    public List<string> DescribeFresh()
    {
        var files = Directory.GetFiles(Path.Combine(folder, "tables")).Order(StringComparer.Ordinal)
            .Select(file => KeyValuePair.Create(file, File.ReadAllText(file)));
        using var fresh = SqliteFile.Open(":memory:");
        Assert.Null(SqliteFile.Run(fresh, string.Join(";\n", SqliteDdl.Write(SchemaParser.Parse(files)))));
        return SqliteFile.Describe(fresh);
    }

    public (int ExitCode, string Output) Check() => Run("check", folder);

    public (int ExitCode, string Output) Migrate(string name) => Run("migrate", folder, name);

    public (int ExitCode, string Output) WriteInitial() => Run("initial", folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string Read(string part, string file) => File.ReadAllText(Path.Combine(folder, part, file));

    static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Tool, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
