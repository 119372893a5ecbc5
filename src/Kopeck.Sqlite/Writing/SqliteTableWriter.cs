using System.Collections.Concurrent;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Relational.Sql;
using Kopeck.Relational.Writing;
using Kopeck.Sqlite.Native;
using Kopeck.Sqlite.Sql;

namespace Kopeck.Sqlite.Writing;

/// <summary>Writes rows one by one, each table's by a statement that stays prepared.</summary>
sealed class SqliteTableWriter(Connection connection, BookName book) : ITableWriter
{
    static readonly ConcurrentDictionary<(object Table, Form Form), string> Texts = new();

    public Dialect Dialect => SqliteDialect.Instance;

    public void Insert<TRow>(TableRows<TRow> table, IReadOnlyList<TRow> rows) =>
        Run(Texts.GetOrAdd((table, Form.Insert), _ => InsertText(table)), table, rows);

    public void Put<TRow>(TableRows<TRow> table, IReadOnlyList<TRow> rows) =>
        Run(Texts.GetOrAdd((table, Form.Put), _ => InsertText(table) + table.OnConflict), table, rows);

    public void Update<TRow>(TableRows<TRow> table, IReadOnlyList<TRow> rows)
    {
        if (!Texts.TryGetValue((table, Form.Update), out var text))
        {
            var changes = string.Join(", ", table.Columns.Skip(1).Select((column, index) => $"{column.Column.Name} = {Place(index + 1)}"));
            Texts[(table, Form.Update)] =
                text = $"UPDATE {table.Table} SET {changes} WHERE book = ?1 AND {table.Columns[0].Column.Name} = {Place(0)}";
        }

        Run(text, table, rows);
    }

    public void Execute(Query query) => connection.Run(query);

    void Run<TRow>(string text, TableRows<TRow> table, IReadOnlyList<TRow> rows)
    {
        using var statement = connection.Prepare(text).Bind(book.Value);
        var values = new Values(statement);
        foreach (var row in rows)
        {
            foreach (var column in table.Columns)
                column.Give(row, values);
            statement.Step();
            statement.Again(kept: 1);
        }
    }

    static string InsertText<TRow>(TableRows<TRow> table) =>
        $"INSERT INTO {table.Table} (book, {table.Names}) VALUES (?1{string.Concat(table.Columns.Select((_, index) => ", " + Place(index)))})";

    static string Place(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"?{index + 2}");

    /// <summary>What a statement does with rows.</summary>
    enum Form
    {
        /// <summary>Adds them.</summary>
        Insert,

        /// <summary>Changes them.</summary>
        Update,

        /// <summary>Adds or changes them.</summary>
        Put,
    }

    sealed class Values(Statement statement) : IRowValues
    {
        public void Number(long? value) => statement.Bind(value);

        public void Flag(bool value) => statement.Bind(value);

        public void Text(string? value) => statement.Bind(value);

        public void Utf8(byte[] value) => statement.BindText(value);

        public void Bytes(byte[]? value) => _ = value is null ? statement.Bind((long?)null) : statement.Bind((ReadOnlySpan<byte>)value);

        public void Digest(Digest value) => statement.Bind(value);

        public void Date(DateOnly value) => statement.Bind(value);
    }
}
