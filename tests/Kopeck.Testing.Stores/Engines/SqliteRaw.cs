using Kopeck.Ledger.Fields;
using SQLitePCL;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>SQLite's own interface, without the store.</summary>
sealed class SqliteRaw : RawDatabase
{
    readonly sqlite3 handle;

    static SqliteRaw() => Batteries_V2.Init();

    public SqliteRaw(string path)
    {
        Check(raw.sqlite3_open_v2(path, out handle, raw.SQLITE_OPEN_READWRITE, null));
        Run("PRAGMA busy_timeout=10000");
        Run("PRAGMA synchronous=OFF");
        Run("PRAGMA foreign_keys=OFF");
    }

    public override IEnumerable<object?[]> Query(string sql, params object?[] values)
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

    public override bool TryRun(string sql, params object?[] values)
    {
        Run(sql, values);
        return true;
    }

    public override void Loosen(string table)
    {
        var columns = string.Join(", ", Tables.ColumnsOf(table).Select(column => column.Name));
        Run($"CREATE TABLE loose ({columns})");
        Run($"INSERT INTO loose SELECT {columns} FROM {table}");
        Run($"DROP TABLE {table}");
        Run($"ALTER TABLE loose RENAME TO {table}");
        Run($"CREATE INDEX loose_{table} ON {table} ({string.Join(", ", Tables.PrimaryKeyOf(table))})");
    }

    public override void Dispose() => handle.Dispose();

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
        _ => throw new ArgumentException($"{value.GetType()} is no value of a column", nameof(value)),
    });

    static void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw new InvalidOperationException($"SQLite: {raw.sqlite3_errstr(code).utf8_to_string()}");
    }
}
