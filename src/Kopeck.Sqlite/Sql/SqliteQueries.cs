using Kopeck.Relational.Sql;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite.Sql;

/// <summary>Runs shared statements on a connection.</summary>
static class SqliteQueries
{
    /// <summary>Runs a statement, once for each of its keys if it has any.</summary>
    public static void Run(this Connection connection, Query query)
    {
        var statement = connection.Prepare(SqliteDialect.Translate(query.Text));
        switch (query.Values.FirstOrDefault(value => value.IsMany).Reference)
        {
            case long[] numbers:
                foreach (var key in numbers)
                    Run(statement, query, key, null);
                break;
            case object[] keys:
                foreach (var key in keys)
                    Run(statement, query, 0, key);
                break;
            default:
                Run(statement, query, 0, null);
                break;
        }

        statement.Release();
    }

    static void Run(Statement statement, Query query, long number, object? key)
    {
        using (statement)
        {
            foreach (var value in query.Values)
                Bind(statement, value.IsMany ? value with { Number = number, Reference = key } : value);
            while (statement.Step())
                query.OnRow(statement);
        }
    }

    static void Bind(Statement statement, QueryValue value) =>
        _ = value.Kind switch
        {
            ValueKind.Number => value.IsNull ? statement.Bind((long?)null) : statement.Bind(value.Number),
            ValueKind.Text => statement.Bind((string?)value.Reference),
            ValueKind.Bytes => value.IsNull ? statement.Bind((long?)null) : statement.Bind((ReadOnlySpan<byte>)(byte[])value.Reference!),
            _ => statement.Bind((DateOnly)value.Reference!),
        };
}
