using System.Collections.Generic;
using System.Linq;
using Kopeck.Fields.Sql;

namespace Kopeck.Fields.Emit;

/// <summary>
/// Writes the tables for PostgreSQL. Every primary key starts with the book, so that tables can be distributed by it; constraints are named
/// for migrations only.
/// </summary>
static class PostgresDdl
{
    public static IEnumerable<string> Write(Schema schema) =>
        schema.Tables.SelectMany(table => new[] { Table(table) }.Concat(table.Indexes.Select(index => SqliteDdl.Index(table, index))));

    public static string Table(Table table)
    {
        var lines =
            table.Columns.Select(column => Column(table, column)).Concat(new[] { $"PRIMARY KEY ({string.Join(", ", table.PrimaryKey)})" });
        return $"CREATE TABLE {table.Name} (\n  {string.Join(",\n  ", lines)}\n)";
    }

    public static string Column(Table table, TableColumn column)
    {
        // The guard, in the same transaction, proves that the book is there: a foreign key and a pattern would prove it again for every
        // row.
        var isProven = table.IsGuarded && column.References is not null;
        var check = isProven ? null : Check(column);
        return $"{column.Name} {Type(column.Domain.Type)}{(column.IsNullable ? "" : " NOT NULL")}"
            + (column.References is null || isProven ? "" : $" REFERENCES {column.References}")
            + (check is null ? "" : $" CONSTRAINT {ConstraintName(table, column)} CHECK ({check})");
    }

    public static string ConstraintName(Table table, TableColumn column) => $"{table.Name}_{column.Name}_rule";

    public static string Type(SqlType type) => type.Name switch
    {
        "varchar" or "char" => $"varchar({type.Length}) COLLATE \"C\"",
        "text" => "text COLLATE \"C\"",
        _ => type.ToString(),
    };

    public static string? Check(TableColumn column)
    {
        var (name, type, check) = (column.Name, column.Domain.Type, column.Check);
        var checks = new List<string>();
        if (type.Name == "varchar")
            checks.Add($"length({name}) >= 1");
        if (type.Name == "char")
            checks.Add($"length({name}) = {type.Length}");
        if (check.Pattern is { } pattern)
            checks.Add($"{name} ~ '{pattern.Regex}'");
        if (check.IsPositive)
            checks.Add($"{name} > 0");
        if (check.OctetLength is { } octets)
            checks.Add($"octet_length({name}) = {octets}");
        if (check.Minimum is { } minimum)
            checks.Add(check.Maximum is { } maximum ? $"{name} BETWEEN {minimum} AND {maximum}" : $"{name} >= {minimum}");
        return checks.Count == 0 ? null : string.Join(" AND ", checks);
    }
}
