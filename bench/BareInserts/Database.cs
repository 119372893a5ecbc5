using SQLitePCL;

namespace Kopeck.BareInserts;

/// <summary>A SQLite file, opened as Kopeck opens it to write.</summary>
sealed class Database : IDisposable
{
    readonly sqlite3 handle;

    public Database(string path)
    {
        Check(raw.sqlite3_open_v2(path, out handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null));
        Run(
            "PRAGMA busy_timeout=10000; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=OFF; PRAGMA cell_size_check=ON");
    }

    public void Run(string sql) => Check(raw.sqlite3_exec(handle, sql));

    public Insert Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return new Insert(statement);
    }

    public long Number(string sql) => (long)Read(sql)[0][0]!;

    /// <summary>All rows of a query, in memory.</summary>
    public Rows Read(string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var statement));
        using (statement)
        {
            var columns = new string[raw.sqlite3_column_count(statement)];
            for (var column = 0; column < columns.Length; column++)
                columns[column] = raw.sqlite3_column_name(statement, column).utf8_to_string();
            var rows = new List<object?[]>();
            while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
            {
                var row = new object?[columns.Length];
                for (var column = 0; column < columns.Length; column++)
                    row[column] = Value(statement, column);
                rows.Add(row);
            }

            return new Rows(columns, rows);
        }
    }

    public static void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
            throw new InvalidOperationException($"SQLite: {raw.sqlite3_errstr(code).utf8_to_string()}");
    }

    public void Dispose() => handle.Dispose();

    // A text stays as the bytes that it is: the loop does not encode what a ledger has in UTF-8 already.
    static object? Value(sqlite3_stmt statement, int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
        raw.SQLITE_TEXT => new Text(raw.sqlite3_column_blob(statement, column).ToArray()),
        _ => raw.sqlite3_column_blob(statement, column).ToArray(),
    };
}

/// <summary>A text in UTF-8.</summary>
sealed record Text(byte[] Utf8);

/// <summary>A prepared command.</summary>
sealed class Insert(sqlite3_stmt statement) : IDisposable
{
    public void Run(object?[] row)
    {
        for (var column = 0; column < row.Length; column++)
        {
            Database.Check(row[column] switch
            {
                null => raw.sqlite3_bind_null(statement, column + 1),
                long number => raw.sqlite3_bind_int64(statement, column + 1, number),
                Text text => raw.sqlite3_bind_text(statement, column + 1, text.Utf8.AsSpan()),
                byte[] bytes => raw.sqlite3_bind_blob(statement, column + 1, bytes),
                var other => throw new InvalidOperationException(other.GetType().Name),
            });
        }

        Database.Check(raw.sqlite3_step(statement));
        Database.Check(raw.sqlite3_reset(statement));
    }

    public void Dispose() => statement.Dispose();
}

/// <summary>Rows with the names of their columns.</summary>
sealed class Rows(string[] columns, List<object?[]> rows)
{
    readonly int number = Array.IndexOf(columns, "number");

    public int Count => rows.Count;

    public object?[] this[int row] => rows[row];

    public long Number(int row) => (long)rows[row][number]!;

    public object? Value(int row, string column) => rows[row][Array.IndexOf(columns, column)];

    public string Insert(string table) =>
        $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, index) => $"?{index + 1}"))})";
}
