using System.Globalization;
using Kopeck.Ledger.Fields;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>A database in the hands of someone who may write anything: plain SQL, no rules.</summary>
public abstract class RawDatabase : IDisposable
{
    /// <summary>
    /// The rows that a statement answers. Parameters are <c>?</c> in order, of type long, decimal, string, byte[] or null.
    /// </summary>
    public abstract IEnumerable<object?[]> Query(string sql, params object?[] values);

    /// <summary>Runs a statement for its effect.</summary>
    public void Run(string sql, params object?[] values)
    {
        foreach (var _ in Query(sql, values))
        {
            // Only its effect is of interest.
        }
    }

    /// <summary>Runs a statement; false when the database itself refuses a value, such as text in a column of numbers.</summary>
    public abstract bool TryRun(string sql, params object?[] values);

    /// <summary>
    /// Makes a table anew without constraints (and on SQLite without types), so that nearly anything can be put in. Its rows have a
    /// <c>rowid</c>; an index keeps look-ups quick.
    /// </summary>
    public abstract void Loosen(string table);

    /// <summary>The one number that a statement answers.</summary>
    public long Number(string sql, params object?[] values) =>
        Convert.ToInt64(Query(sql, values).Single()[0], CultureInfo.InvariantCulture);

    /// <summary>All rows of a table, each as one line of text, in order: to compare tables.</summary>
    public IReadOnlyList<string> Dump(string table, params string[] without) =>
        [
            .. Query(
                $"SELECT {string.Join(", ", Tables.ColumnsOf(table).Select(column => column.Name).Except(without, StringComparer.Ordinal))} FROM {table}")
                .Select(row => string.Join('|', row.Select(Describe))).Order(StringComparer.Ordinal)];

    /// <summary>All rows of all tables, each line with its table's name.</summary>
    public IReadOnlyList<string> DumpAll(params string[] without) =>
        [.. Tables.All.SelectMany(table => Dump(table, without).Select(row => $"{table}: {row}"))];

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>A value as text, the same for every engine.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
