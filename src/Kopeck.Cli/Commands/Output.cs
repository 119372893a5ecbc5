using System.Globalization;
using System.Text.Json;
using Kopeck.Ledger.Fields;
using Spectre.Console;

namespace Kopeck.Cli.Commands;

/// <summary>Answers on standard output: a table on a terminal, tab-separated lines when piped, JSON when asked for.</summary>
static class Output
{
    static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = CanonicalText.Encoder };

    public static void Table(
        bool isJson, string[] columns, IEnumerable<string[]> rows, IReadOnlyList<(string Name, string Value)>? head = null)
    {
        if (isJson)
            WriteJson(columns, rows, head);
        else if (Console.IsOutputRedirected)
            WriteLines(columns, rows, head);
        else
            WriteTable(columns, rows, head);
    }

    /// <summary>An object of JSON.</summary>
    public static void Json(Action<Utf8JsonWriter> writeMembers)
    {
        using var stream = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static void WriteJson(string[] columns, IEnumerable<string[]> rows, IReadOnlyList<(string Name, string Value)>? head) => Json(json =>
    {
        foreach (var (name, value) in head ?? [])
            json.WriteString(name, value);
        json.WriteStartArray("items");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            for (var index = 0; index < columns.Length; index++)
                json.WriteString(columns[index], row[index]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    static void WriteLines(string[] columns, IEnumerable<string[]> rows, IReadOnlyList<(string Name, string Value)>? head)
    {
        foreach (var (name, value) in head ?? [])
            Console.Out.WriteLine($"{name}\t{value}");
        Console.Out.WriteLine(string.Join('\t', columns));
        foreach (var row in rows)
            Console.Out.WriteLine(string.Join('\t', row));
    }

    static void WriteTable(string[] columns, IEnumerable<string[]> rows, IReadOnlyList<(string Name, string Value)>? head)
    {
        foreach (var (name, value) in head ?? [])
            Console.Out.WriteLine($"{name}: {value}");
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
            table.AddColumn(Markup.Escape(column));
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }
}
