using System.Linq;
using System.Text;
using Kopeck.Fields.Sql;

namespace Kopeck.Fields.Emit;

/// <summary>Writes a record of a table's input columns, which grows with the table.</summary>
static class RecordWriter
{
    public static string Write(Table table)
    {
        var inputs = table.Columns.Where(column => column.IsInput).ToList();
        var code = new StringBuilder(CodeText.Header);
        code.Append($"\n/// <summary>The values of {table.Name} that callers give.</summary>\npublic sealed record {table.Record}\n{{\n");
        foreach (var column in inputs)
        {
            code.Append($"    /// <summary>{CodeText.Doc(column.Comment)}</summary>\n");
            code.Append(
                $"    public {(column.IsNullable ? "" : "required ")}{TypeName(column)}{(column.IsNullable ? "?" : "")} {CodeText.Pascal(column.Name)} {{ get; init; }}\n\n");
        }

        code.Append(
            $"    /// <summary>The columns, in the order of the indexer.</summary>\n    public static System.Collections.Generic.IReadOnlyList<Column> Columns => Tables.{CodeText.Pascal(table.Name)}.Inputs;\n\n");
        code.Append(
            "    /// <summary>The text of a column's value; null where there is none.</summary>\n    public string? this[int column] => column switch\n    {\n");
        for (var index = 0; index < inputs.Count; index++)
            code.Append($"        {index} => {CodeText.Pascal(inputs[index].Name)}{(inputs[index].IsNullable ? "?" : "")}.Text,\n");
        code.Append(
            "        _ => throw new System.ArgumentOutOfRangeException(nameof(column), column, \"There is no such column\"),\n    };\n\n");
        code.Append(
            $"    /// <summary>Reads the texts of all columns; says everything that is wrong with them.</summary>\n    public static bool TryCreate(\n        System.Collections.Generic.IReadOnlyList<string?> values,\n        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out {table.Record}? details,\n        out System.Collections.Generic.IReadOnlyList<(Column Column, FieldError Error)> errors)\n    {{\n        var reader = new RecordReader(Columns, values);\n");
        for (var index = 0; index < inputs.Count; index++)
            code.Append(
                $"        var value{index} = reader.{(inputs[index].IsNullable ? "Optional" : "Required")}<{TypeName(inputs[index])}>({index});\n");
        code.Append($"        errors = reader.Errors;\n        details = errors.Count > 0 ? null : new {table.Record}\n        {{\n");
        for (var index = 0; index < inputs.Count; index++)
            code.Append($"            {CodeText.Pascal(inputs[index].Name)} = value{index},\n");
        return code.Append("        };\n        return details is not null;\n    }\n}\n").ToString();
    }

    // Qualified: a property may have the name of its type.
    static string TypeName(TableColumn column) => "global::Kopeck.Ledger.Fields." + CodeText.Pascal(column.Domain.Name);
}
