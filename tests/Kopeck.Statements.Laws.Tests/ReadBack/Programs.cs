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
            Shell.Run(Packages.Program("libxml2-utils", () => File.Exists(Xmllint) ? Xmllint : null), ["--noout", "--schema", schema, .. files]);
    }

    public static JsonElement Rows(string file) => JsonElement.Parse(File.ReadAllText(file + ".rows.json"));
}
