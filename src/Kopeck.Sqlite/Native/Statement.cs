using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Journal;
using Kopeck.Relational.Sql;
using SQLitePCL;

namespace Kopeck.Sqlite.Native;

/// <summary>
/// A prepared statement: bound by position from 1, stepped, read by column from 0. Reset by <see cref="Dispose"/> for its next use.
/// </summary>
sealed class Statement : IRow, IDisposable
{
    const int ShortText = 128;

    readonly sqlite3 database;
    readonly sqlite3_stmt statement;
    int next = 1;

    public Statement(sqlite3 database, string sql)
    {
        this.database = database;
        if (raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement) != raw.SQLITE_OK)
            throw Fail();
    }

    /// <summary>Whether somebody holds it, so that it stays prepared.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Makes ready for whoever holds it from now on, whatever became of its use before.</summary>
    public Statement Take()
    {
        if (IsHeld)
            Dispose();
        IsHeld = true;
        return this;
    }

    /// <summary>Nobody holds it any more.</summary>
    public void Release() => IsHeld = false;

    public Statement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(statement, next++, value));
        return this;
    }

    public Statement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public Statement Bind(DateOnly date)
    {
        Span<byte> utf8 = stackalloc byte[10];
        date.TryFormat(utf8, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return BindText(utf8[..length]);
    }

    public Statement Bind(bool value) => Bind(value ? 1L : 0L);

    public Statement Bind(string? value)
    {
        if (value is null)
            return BindNull();
        if (value.Length is 0 or > ShortText)
        {
            Check(raw.sqlite3_bind_text(statement, next++, value));
            return this;
        }

        Span<byte> utf8 = stackalloc byte[3 * ShortText];
        return BindText(utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
    }

    public Statement BindText(ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(statement, next++, utf8));
        return this;
    }

    public Statement Bind(ReadOnlySpan<byte> blob)
    {
        // An empty span would bind NULL.
        Check(blob.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, next++, 0) : raw.sqlite3_bind_blob(statement, next++, blob));
        return this;
    }

    public Statement Bind(Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Kopeck.Ledger.Journal.Digest.Length];
        digest.CopyTo(bytes);
        return Bind(bytes);
    }

    public Statement Bind(Digest? digest) => digest is { } value ? Bind(value) : BindNull();

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code == raw.SQLITE_DONE)
            return false;
        throw Fail();
    }

    /// <summary>Runs to the end and makes ready for the next use.</summary>
    public void Execute()
    {
        using (this)
        {
            while (Step())
            {
                // Rows of a pragma are not of interest.
            }
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    public bool Boolean(int column) => Int64(column) != 0;

    public DateOnly Date(int column) => DateOnly.ParseExact(Text(column), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    /// <summary>
    /// The value as it stands, whatever its type: a number with a fraction, which no column holds, as text; a text that is not UTF-8 as
    /// bytes.
    /// </summary>
    public object? Value(int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => Int64(column),
        raw.SQLITE_BLOB => Bytes(column),
        raw.SQLITE_TEXT => StrictText(column),
        _ => Text(column),
    };

    /// <summary>Adds the value as it stands to the sum of its row.</summary>
    public void AddTo(RowSum sum, int column) => _ = raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_NULL => sum.AddNull(),
        raw.SQLITE_INTEGER => sum.Add(Int64(column)),
        raw.SQLITE_BLOB => sum.Add(raw.sqlite3_column_blob(statement, column)),
        _ => sum.AddText(raw.sqlite3_column_blob(statement, column)),
    };

    /// <summary>The bytes of a text or a blob.</summary>
    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public Digest Digest(int column) => new(raw.sqlite3_column_blob(statement, column));

    /// <summary>Makes ready for the next row, of which the first so many values are those of the last one.</summary>
    public void Again(int kept)
    {
        _ = raw.sqlite3_reset(statement);
        next = kept + 1;
    }

    /// <summary>Makes ready for the next use.</summary>
    public void Dispose()
    {
        // The code repeats the failure that step reported already.
        _ = raw.sqlite3_reset(statement);
        _ = raw.sqlite3_clear_bindings(statement);
        next = 1;
        IsHeld = false;
    }

    public void Close() => statement.Dispose();

    // Whole, also behind a NUL, where Text would end.
    object StrictText(int column)
    {
        var bytes = raw.sqlite3_column_blob(statement, column);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : bytes.ToArray();
    }

    Statement BindNull()
    {
        Check(raw.sqlite3_bind_null(statement, next++));
        return this;
    }

    void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw Fail();
    }

    SqliteFailureException Fail() => new(raw.sqlite3_extended_errcode(database), raw.sqlite3_errmsg(database).utf8_to_string());
}
