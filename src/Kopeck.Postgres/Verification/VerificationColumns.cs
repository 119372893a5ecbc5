using Kopeck.Ledger.Fields;

namespace Kopeck.Postgres.Verification;

/// <summary>Columns as verification compares them: numbers as <see cref="long"/>, digits and dates as text.</summary>
static class VerificationColumns
{
    /// <summary>A table's rows of a book.</summary>
    /// <param name="name">By which it is read.</param>
    public static string Select(string table, string name) =>
        $"SELECT {string.Join(", ", Tables.ColumnsOf(table).Select(Cast))} FROM {name} WHERE book = $1";

    public static string KeyOf(string table) => string.Join(", ", Tables.PrimaryKeyOf(table));

    /// <summary>What a value of a key's column is compared with.</summary>
    public static string Parameter(string table, string column, int place) =>
        Tables.ColumnsOf(table).First(other => other.Name == column).Type.Kind == FieldKind.Date
            ? $"{Place(place)}::text::date"
            : Place(place);

    /// <summary>A value's place.</summary>
    public static string Place(int place) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${place}");

    static string Cast(Column column) => column.Type.Kind switch
    {
        FieldKind.Integer => $"{column.Name}::bigint",
        FieldKind.Boolean => $"{column.Name}::integer::bigint",
        FieldKind.Numeric => $"trim_scale({column.Name})::text",
        FieldKind.Date => $"to_char({column.Name}, 'YYYY-MM-DD')",
        _ => column.Name,
    };
}
