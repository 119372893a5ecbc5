using System.Text.Json;
using Kopeck.Statements.Writing;
using Kopeck.Testing;

namespace Kopeck.Statements.Laws.Tests.ReadBack;

/// <summary>The programs of others that read our files, installed when they are absent.</summary>
static class Programs
{
    const string Openpyxl = "/usr/lib/python3/dist-packages/openpyxl/__init__.py";
    const string Xmllint = "/usr/bin/xmllint";

    /// <summary>Reads all CSV and XLSX files of a folder; their rows are beside them afterwards.</summary>
    public static void ReadTables(string folder)
    {
        Packages.Program("python3-openpyxl", () => File.Exists(Openpyxl) ? Openpyxl : null);
        Shell.Run("/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "ReadBack", "read_tables.py"), folder);
    }

    /// <summary>Holds all XML files of a folder against our schema.</summary>
    public static void Validate(string folder)
    {
        var schema = Path.Combine(folder, StatementSchema.FileName);
        File.WriteAllBytes(schema, StatementSchema.Read());
        if (Directory.GetFiles(folder, "*.xml") is { Length: > 0 } files)
            Shell.Run(
                Packages.Program("libxml2-utils", () => File.Exists(Xmllint) ? Xmllint : null), ["--noout", "--schema", schema, .. files]);
    }

    /// <summary>The transactions of a journal as hledger reads them; it checks each asserted balance on the way.</summary>
    public static JsonElement Hledger(string file) =>
        JsonElement.Parse(Read("hledger", "hledger", "print", "--strict", "--output-format", "json", "-f", file).Output);

    /// <summary>What AqBanking's importer makes of a file in MT940: the text of its context.</summary>
    public static string Aqbanking(string file)
    {
        Read(
            "aqbanking-tools", "aqbanking-cli", "-D", Path.Combine(Path.GetDirectoryName(file)!, "aqbanking"), "import", "--importer=swift",
            "--profile=SWIFT-MT940", "-f", file, "-c", file + ".context");
        return File.ReadAllText(file + ".context");
    }

    public static JsonElement Rows(string file) => JsonElement.Parse(File.ReadAllText(file + ".rows.json"));

    static ShellResult Read(string package, string program, params string[] arguments)
    {
        var path = "/usr/bin/" + program;
        var read = Shell.Try(
            Packages.Program(package, () => File.Exists(path) ? path : null), null, arguments, new Dictionary<string,
            string>(StringComparer.Ordinal)
            { ["LC_ALL"] = "C.UTF-8" });
        Assert.True(read.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {read.Errors}");
        return read;
    }
}
