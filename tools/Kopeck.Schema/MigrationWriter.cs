using System.Collections.Generic;
using System.Linq;
using Kopeck.Fields.Emit;
using Kopeck.Fields.Sql;

namespace Kopeck.SchemaTool;

/// <summary>Writes what leads from one schema to another.</summary>
static class MigrationWriter
{
    /// <summary>Changes that need to know what existing rows should hold.</summary>
    public static List<string> FindProblems(Schema before, Schema after)
    {
        var problems = new List<string>();
        foreach (var table in after.Tables)
        {
            if (before.FindTable(table.Name) is not { } old)
                continue;
            if (!old.PrimaryKey.SequenceEqual(table.PrimaryKey))
                problems.Add($"{table.Name} has another primary key: which rows stay where two become one?");
            foreach (var column in table.Columns)
            {
                if (old.Columns.FirstOrDefault(other => other.Name == column.Name) is { } former)
                    problems.AddRange(FindProblems(table, former, column));
                if (!column.IsNullable && old.Columns.All(other => other.Name != column.Name))
                    problems.Add($"{table.Name}.{column.Name} is new and NOT NULL: make it nullable first, or fill it by hand");
            }

            foreach (var column in old.Columns.Where(column => table.Columns.All(other => other.Name != column.Name)))
                problems.Add($"{table.Name}.{column.Name} is gone: what it holds would be lost");
        }

        problems.AddRange(
            before.Tables.Where(table => after.FindTable(table.Name) is null)
                .Select(table => $"{table.Name} is gone: what it holds would be lost"));
        return problems;
    }

    static IEnumerable<string> FindProblems(Table table, TableColumn old, TableColumn column)
    {
        if (Kind(old) != Kind(column))
            yield return $"{table.Name}.{column.Name} was {old.Domain.Type} and is {column.Domain.Type}: how is the one read as the other?";
        // PostgreSQL finds a foreign key by a name that nothing may rely on.
        if (old.References != column.References)
            yield return $"{table.Name}.{column.Name} referenced {old.References ?? "nothing"} and references {column.References ?? "nothing"}: change the foreign key by hand";
    }

    static string Kind(TableColumn column) => column.Domain.Type switch
    {
        { IsText: true } => "text",
        { IsWholeNumber: true } => "whole number",
        var type => type.Name,
    };

    /// <summary>SQLite changes a table by making it anew beside the old one (sqlite.org/lang_altertable.html, section 7).</summary>
    public static IEnumerable<string> Sqlite(Schema before, Schema after)
    {
        foreach (var table in after.Tables)
        {
            var old = before.FindTable(table.Name);
            if (old?.ToString() == table.ToString())
                continue;
            if (old is null)
            {
                yield return SqliteDdl.Table(table, table.Name);
            }
            else if (Columns(old) != Columns(table))
            {
                var kept = string.Join(", ", old.Columns.Select(column => column.Name));
                yield return SqliteDdl.Table(table, table.Name + "_new");
                yield return $"INSERT INTO {table.Name}_new ({kept}) SELECT {kept} FROM {table.Name}";
                yield return $"DROP TABLE {table.Name}";
                yield return $"ALTER TABLE {table.Name}_new RENAME TO {table.Name}";
                foreach (var index in table.Indexes)
                    yield return SqliteDdl.Index(table, index);
                continue;
            }

            foreach (var statement in Indexes(old, table))
                yield return statement;
        }
    }

    public static IEnumerable<string> Postgres(Schema before, Schema after)
    {
        foreach (var table in after.Tables)
        {
            var old = before.FindTable(table.Name);
            if (old is null)
                yield return PostgresDdl.Table(table);
            foreach (var column in old is null ? [] : table.Columns)
            {
                foreach (var statement in Column(table, old!.Columns.FirstOrDefault(other => other.Name == column.Name), column))
                    yield return statement;
            }

            foreach (var statement in Indexes(old, table))
                yield return statement;
        }
    }

    static IEnumerable<string> Column(Table table, TableColumn? old, TableColumn column)
    {
        var alter = $"ALTER TABLE {table.Name}";
        if (old is null)
        {
            yield return $"{alter} ADD COLUMN {PostgresDdl.Column(table, column)}";
            yield break;
        }

        var (oldCheck, check) = (PostgresDdl.Check(old), PostgresDdl.Check(column));
        if (oldCheck != check && oldCheck is not null)
            yield return $"{alter} DROP CONSTRAINT {PostgresDdl.ConstraintName(table, column)}";
        if (PostgresDdl.Type(old.Domain.Type) != PostgresDdl.Type(column.Domain.Type))
        {
            // ALTER TYPE would round: a value with more decimals than there are now stops the migration, as it does on SQLite.
            var isRounding = column.Domain.Type.Scale < old.Domain.Type.Scale;
            if (isRounding)
                yield return $"{alter} ADD CONSTRAINT {table.Name}_{column.Name}_fits CHECK ({column.Name} = round({column.Name}, {column.Domain.Type.Scale}))";
            yield return $"{alter} ALTER COLUMN {column.Name} TYPE {PostgresDdl.Type(column.Domain.Type)}";
            if (isRounding)
                yield return $"{alter} DROP CONSTRAINT {table.Name}_{column.Name}_fits";
        }

        if (old.IsNullable != column.IsNullable)
            yield return $"{alter} ALTER COLUMN {column.Name} {(column.IsNullable ? "DROP" : "SET")} NOT NULL";
        if (oldCheck != check && check is not null)
            yield return $"{alter} ADD CONSTRAINT {PostgresDdl.ConstraintName(table, column)} CHECK ({check})";
    }

    static IEnumerable<string> Indexes(Table? old, Table table)
    {
        foreach (var index in old?.Indexes ?? [])
        {
            if (table.Indexes.All(other => other.ToString() != index.ToString()))
                yield return $"DROP INDEX {index.Name}";
        }

        foreach (var index in table.Indexes)
        {
            if (old?.Indexes.Any(other => other.ToString() == index.ToString()) != true)
                yield return SqliteDdl.Index(table, index);
        }
    }

    static string Columns(Table table) => string.Join(";", table.Columns) + string.Join(",", table.PrimaryKey);
}
