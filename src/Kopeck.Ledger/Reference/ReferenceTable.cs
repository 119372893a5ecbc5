using System.Text;

namespace Kopeck.Ledger.Reference;

/// <summary>The tables of schema/reference, embedded: a heading, then rows of fields between tabs.</summary>
static class ReferenceTable
{
    /// <summary>The bytes of a table, straight from the assembly's image.</summary>
    public static Stream Open(string name) =>
        typeof(ReferenceTable).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The reference table {name} is not in the assembly");

    /// <summary>The rows of a small table.</summary>
    public static IEnumerable<string[]> Rows(string name)
    {
        using var reader = new StreamReader(Open(name), Encoding.UTF8);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                yield return line.Split('\t');
        }
    }

    /// <summary>A field's text, or null where it is empty.</summary>
    public static string? Optional(string field)
    {
        var text = field.Trim();
        return text.Length == 0 ? null : text;
    }
}
