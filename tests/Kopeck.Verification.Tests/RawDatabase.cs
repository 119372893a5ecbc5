using System.Globalization;
using Kopeck.Ledger.Fields;
using SQLitePCL;

namespace Kopeck.Verification.Tests;

/// <summary>A database file in the hands of someone who may write anything: plain SQL, no rules.</summary>
sealed class RawDatabase : IDisposable
{
    readonly sqlite3 handle;

    static RawDatabase() => Batteries_V2.Init();

    public RawDatabase(string path)
    {
        Path = path;
        Check(raw.sqlite3_open_v2(path, out handle, raw.SQLITE_OPEN_READWRITE, null));
        Run("PRAGMA busy_timeout=10000");
        Run("PRAGMA synchronous=OFF");
        Run("PRAGMA foreign_keys=OFF");
    }

    public string Path { get; }

    /// <summary>Runs a statement with parameters of type long, string, byte[] or null.</summary>
    public void Run(string sql, params object?[] values)
    {
        foreach (var _ in Query(sql, values))
        {
            // Only its effect is of interest.
        }
    }

    public long Number(string sql, params object?[] values) => (long)Query(sql, values).Single()[0]!;

    public IEnumerable<object?[]> Query(string sql, params object?[] values)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var statement));
        using (statement)
        {
            for (var index = 0; index < values.Length; index++)
                Bind(statement, index + 1, values[index]);
            while (true)
            {
                var code = raw.sqlite3_step(statement);
                if (code == raw.SQLITE_DONE)
                    yield break;
                if (code != raw.SQLITE_ROW)
                    Check(code);
                yield return [.. Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(column => Value(statement, column))];
            }
        }
    }

    /// <summary>All rows of a table, each as one line of text, in order: to compare tables.</summary>
    public IReadOnlyList<string> Dump(string table, params string[] without) =>
        [.. Query($"SELECT {string.Join(", ", Tables.ColumnsOf(table).Select(column => column.Name).Except(without, StringComparer.Ordinal))} FROM {table}").Select(row => string.Join('|', row.Select(Describe))).Order(StringComparer.Ordinal)];

    /// <summary>Makes a table anew without types, checks and keys, so that anything can be put in. The index keeps look-ups quick.</summary>
    public void Loosen(string table)
    {
        var columns = string.Join(", ", Tables.ColumnsOf(table).Select(column => column.Name));
        Run($"CREATE TABLE loose ({columns})");
        Run($"INSERT INTO loose SELECT {columns} FROM {table}");
        Run($"DROP TABLE {table}");
        Run($"ALTER TABLE loose RENAME TO {table}");
        Run($"CREATE INDEX loose_{table} ON {table} ({string.Join(", ", Tables.PrimaryKeyOf(table))})");
    }

    public void Dispose() => handle.Dispose();

    public static string Describe(object? value) => value switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    static object? Value(sqlite3_stmt statement, int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, column).ToArray(),
        _ => raw.sqlite3_column_text(statement, column).utf8_to_string(),
    };

    static void Bind(sqlite3_stmt statement, int place, object? value) => Check(value switch
    {
        null => raw.sqlite3_bind_null(statement, place),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        decimal fraction => raw.sqlite3_bind_double(statement, place, (double)fraction),
        string text => raw.sqlite3_bind_text(statement, place, System.Text.Encoding.UTF8.GetBytes(text)),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, place, 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        _ => throw new ArgumentException($"{value.GetType()} is no SQLite value", nameof(value)),
    });

    static void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw new InvalidOperationException($"SQLite: {raw.sqlite3_errstr(code).utf8_to_string()}");
    }
}
