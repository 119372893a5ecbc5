using System.Globalization;
using Kopeck.Relational.Sql;

namespace Kopeck.Postgres.Sql;

/// <summary>PostgreSQL's language. Keys are an array: one statement and one round trip for all of them.</summary>
sealed class PostgresDialect : Dialect
{
    public static readonly PostgresDialect Instance = new();

    public override string IsOneOf(string column, int place) => string.Create(CultureInfo.InvariantCulture, $"{column} = ANY(${place})");

    public override string ForEach(string select, int place, ValueKind kind) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT found.* FROM unnest(${place}::{ArrayOf(kind)}) AS wanted (key) CROSS JOIN LATERAL ({select.Replace(Key, "wanted.key", StringComparison.Ordinal)}) found");

    public override string Digits(string column) => $"trim_scale({column})::text";

    // The planner knows by its statistics what a range of keys costs.
    public override string Unindexed(string column) => column;

    public override string DayOf(string column) => $"(timestamp '1970-01-01' + {column} * interval '1 microsecond')::date";

    static string ArrayOf(ValueKind kind) => kind switch
    {
        ValueKind.Number => "bigint[]",
        ValueKind.Text => "text[]",
        ValueKind.Bytes => "bytea[]",
        _ => "date[]",
    };
}
