using Kopeck.Ledger.Journal;

namespace Kopeck.Relational.Sql;

/// <summary>Columns that may have no value.</summary>
public static class RowReading
{
    /// <summary>A number, or null.</summary>
    public static long? OptionalInt64(this IRow row, int column) => row.IsNull(column) ? null : row.Int64(column);

    /// <summary>A text, or null.</summary>
    public static string? OptionalText(this IRow row, int column) => row.IsNull(column) ? null : row.Text(column);

    /// <summary>A digest, or null.</summary>
    public static Digest? OptionalDigest(this IRow row, int column) => row.IsNull(column) ? null : row.Digest(column);
}
