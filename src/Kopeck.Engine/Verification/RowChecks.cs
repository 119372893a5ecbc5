using System.Globalization;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Verification;

/// <summary>Compares rows as they stand with what the journal says they should be, column by column.</summary>
static class RowChecks
{
    /// <summary>The one row that must be there; its columns must be these.</summary>
    /// <param name="expected">In the order of the columns.</param>
    public static void RequireRow(
        IVerificationSnapshot snapshot, string table, ReadOnlySpan<object> key, params ReadOnlySpan<object?> expected)
    {
        var rows = snapshot.Find(table, key);
        if (rows.Count != 1)
            throw Fail(table, Text(key), null, rows.Count == 0 ? "the row is missing" : $"the row is there {rows.Count} times");
        RequireColumns(table, Text(key), rows[0], expected);
    }

    public static void RequireColumns(string table, string key, object?[] row, ReadOnlySpan<object?> expected)
    {
        var columns = Tables.ColumnsOf(table);
        for (var index = 0; index < expected.Length; index++)
        {
            if (!IsSame(expected[index], row[index]))
                throw Fail(
                    table, key, columns[index].Name,
                    columns[index].IsInput
                        ? "is not what its digest in the journal says"
                        : $"should be {Describe(expected[index])}, is {Describe(row[index])}");
        }
    }

    public static FindingException Fail(string table, string key, string? column, string problem) =>
        new(new Finding(table, key, column, problem));

    /// <summary>The place of a column in the rows of its table.</summary>
    public static int IndexOf(IReadOnlyList<Column> columns, Column column)
    {
        for (var index = 0; index < columns.Count; index++)
        {
            if (ReferenceEquals(columns[index], column))
                return index;
        }

        throw new ArgumentOutOfRangeException(nameof(column), column.Name, "no column of this table");
    }

    public static string Text(ReadOnlySpan<object> key)
    {
        var parts = new string[key.Length];
        for (var index = 0; index < parts.Length; index++)
            parts[index] = Describe(key[index]);
        return string.Join('/', parts);
    }

    public static string Describe(object? value) => value switch
    {
        null => "null",
        byte[] bytes =>
            bytes.Length <= 32
                ? Convert.ToHexStringLower(bytes)
                : $"{Convert.ToHexStringLower(bytes.AsSpan(0, 16))}... ({bytes.Length} bytes)",
        string { Length: > 80 } text => text[..80] + "...",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    static bool IsSame(object? expected, object? actual) => (expected, actual) switch
    {
        (byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right),
        _ => Equals(expected, actual),
    };
}
