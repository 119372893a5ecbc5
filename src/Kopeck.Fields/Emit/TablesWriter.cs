using System.Collections.Generic;
using System.Linq;
using System.Text;
using Kopeck.Fields.Sql;

namespace Kopeck.Fields.Emit;

/// <summary>Writes <c>Tables</c>: tables and columns as values.</summary>
static class TablesWriter
{
    public static string Write(Schema schema)
    {
        var code = new StringBuilder(CodeText.Header);
        code.Append("\n/// <summary>The tables and their columns.</summary>\npublic static class Tables\n{\n");
        code.Append("    /// <summary>All tables' names, in the order in which they are made.</summary>\n");
        code.Append(
            $"    public static System.Collections.Generic.IReadOnlyList<string> All {{ get; }} = [{List(schema.Tables.Select(table => table.Name))}];\n\n");
        Lookup(code, schema, "Column", "ColumnsOf", "Columns", "The columns of a table.");
        Lookup(code, schema, "string", "PrimaryKeyOf", "PrimaryKey", "The columns of a table's primary key.");
        foreach (var table in schema.Tables)
            Write(code, table);
        code.Length--;
        return code.Append("}\n").ToString();
    }

    static void Lookup(StringBuilder code, Schema schema, string type, string method, string member, string doc)
    {
        code.Append(
            $"    /// <summary>{doc}</summary>\n    public static System.Collections.Generic.IReadOnlyList<{type}> {method}(string table) => table switch\n    {{\n");
        foreach (var table in schema.Tables)
            code.Append($"        {CodeText.Literal(table.Name)} => {CodeText.Pascal(table.Name)}.{member},\n");
        code.Append(
            "        _ => throw new System.ArgumentOutOfRangeException(nameof(table), table, \"There is no such table\"),\n    };\n\n");
    }

    static void Write(StringBuilder code, Table table)
    {
        code.Append(
            $"    /// <summary>{CodeText.Doc(table.Comment)}</summary>\n    public static class {CodeText.Pascal(table.Name)}\n    {{\n");
        code.Append(
            $"        /// <summary>The table's name.</summary>\n        public const string TableName = {CodeText.Literal(table.Name)};\n\n");
        foreach (var column in table.Columns)
        {
            code.Append($"        /// <summary>{CodeText.Doc(column.Comment)}</summary>\n");
            code.Append(
                $"        public static Column {CodeText.Pascal(column.Name)} {{ get; }} = new({CodeText.Literal(column.Name)}, FieldTypes.{FieldTypesWriter.Name(column.Domain)}, IsNullable: {CodeText.Flag(column.IsNullable)}, IsInput: {CodeText.Flag(column.IsInput)}, {CodeText.Literal(column.Comment)});\n\n");
        }

        code.Append("        /// <summary>All columns, in their order.</summary>\n");
        code.Append(
            $"        public static System.Collections.Generic.IReadOnlyList<Column> Columns {{ get; }} = [{string.Join(", ", table.Columns.Select(column => CodeText.Pascal(column.Name)))}];\n\n");
        code.Append("        /// <summary>The columns that callers give.</summary>\n");
        code.Append(
            $"        public static System.Collections.Generic.IReadOnlyList<Column> Inputs {{ get; }} = [{string.Join(", ", table.Columns.Where(column => column.IsInput).Select(column => CodeText.Pascal(column.Name)))}];\n\n");
        code.Append("        /// <summary>The columns of the primary key.</summary>\n");
        code.Append(
            $"        public static System.Collections.Generic.IReadOnlyList<string> PrimaryKey {{ get; }} = [{List(table.PrimaryKey)}];\n    }}\n\n");
    }

    static string List(IEnumerable<string> names) => string.Join(", ", names.Select(CodeText.Literal));
}
