using System.Collections.Generic;
using System.Linq;
using Kopeck.Fields.Sql;

namespace Kopeck.Fields.Emit;

/// <summary>
/// Writes the tables for SQLite: STRICT, and every length, pattern and range as a CHECK, because SQLite's own types have none.
/// </summary>
static class SqliteDdl
{
    // Rows with long values stay in rowid tables: a WITHOUT ROWID table keeps whole rows in its interior pages.
    static readonly string[] LongRows = { "operations", "personal_values" };

    public static IEnumerable<string> Write(Schema schema) =>
        schema.Tables.SelectMany(table => new[] { Table(table, table.Name) }.Concat(table.Indexes.Select(index => Index(table, index))));

    public static string Table(Table table, string name)
    {
        var lines = table.Columns.Select(Column).Concat(new[] { $"PRIMARY KEY ({string.Join(", ", table.PrimaryKey)})" });
        return $"CREATE TABLE {name} (\n  {string.Join(",\n  ", lines)}\n) STRICT{(LongRows.Contains(table.Name) ? "" : ", WITHOUT ROWID")}";
    }

    public static string Index(Table table, TableIndex index) =>
        $"CREATE {(index.IsUnique ? "UNIQUE " : "")}INDEX {index.Name} ON {table.Name} ({string.Join(", ", index.Columns)}){(index.Condition is null ? "" : " WHERE " + index.Condition)}";

    static string Column(TableColumn column)
    {
        var checks = Checks(column).ToList();
        return $"{column.Name} {Type(column.Domain.Type)}{(column.IsNullable ? "" : " NOT NULL")}"
            + (column.References is null ? "" : $" REFERENCES {column.References}")
            + (checks.Count == 0 ? "" : $" CHECK ({string.Join(" AND ", checks)})");
    }

    static string Type(SqlType type) => type.Name switch
    {
        "smallint" or "integer" or "bigint" or "boolean" => "INTEGER",
        "bytea" => "BLOB",
        _ => "TEXT",
    };

    static IEnumerable<string> Checks(TableColumn column)
    {
        var (name, type, check) = (column.Name, column.Domain.Type, column.Check);
        switch (type.Name)
        {
            case "varchar":
                yield return $"length({name}) BETWEEN 1 AND {type.Length}";
                break;
            case "char":
                yield return $"length({name}) = {type.Length}";
                break;
            case "boolean":
                yield return $"{name} IN (0, 1)";
                break;
            case "smallint":
                yield return check.Minimum is null
                    || check.Maximum is null
                        ? $"{name} BETWEEN {check.Minimum ?? short.MinValue} AND {check.Maximum ?? short.MaxValue}"
                        : $"{name} BETWEEN {check.Minimum} AND {check.Maximum}";
                yield break;
            case "date":
                yield return $"{name} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'";
                break;
            case "numeric":
                // Digits, at most one point between digits, and no more of them than the type has on either side.
                yield return $"{name} NOT GLOB '*[^0-9.]*' AND {name} GLOB '[0-9]*' AND {name} NOT GLOB '*.' AND {name} NOT GLOB '*.*.*'";
                yield return $"length({name}) - length(ltrim({name}, '0123456789')) <= {type.Length - type.Scale} AND length(ltrim({name}, '0123456789')) <= {type.Scale + 1}";
                if (check.IsPositive)
                    yield return $"{name} GLOB '*[1-9]*'";
                break;
        }

        if (check.Pattern is { } pattern)
            yield return pattern.ToGlob(name);
        if (check.OctetLength is { } octets)
            yield return $"length({name}) = {octets}";
        if (check.Minimum is { } minimum)
            yield return check.Maximum is { } maximum ? $"{name} BETWEEN {minimum} AND {maximum}" : $"{name} >= {minimum}";
    }
}
