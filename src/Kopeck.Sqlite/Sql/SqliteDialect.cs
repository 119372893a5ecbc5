using Kopeck.Relational.Sql;

namespace Kopeck.Sqlite.Sql;

/// <summary>SQLite's language. Where a statement has keys it is run once for each of them: there is no round trip to save.</summary>
sealed class SqliteDialect : Dialect
{
    public static readonly SqliteDialect Instance = new();

    public override string IsOneOf(string column, int place) => $"{column} = {Place(place)}";

    public override string ForEach(string select, int place, ValueKind kind) => select.Replace(Key, Place(place), StringComparison.Ordinal);

    public override string Digits(string column) => column;

    // A unary plus changes no value, and keeps the planner from an index on the column.
    public override string Unindexed(string column) => "+" + column;

    public override string DayOf(string column) => $"date({column} / 1000000, 'unixepoch')";

    /// <summary>A statement's text as SQLite reads it.</summary>
    public static string Translate(string text) => text.Replace('$', '?');

    static string Place(int place) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${place}");
}
