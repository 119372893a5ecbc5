using System.Collections.Concurrent;
using System.Globalization;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Postgres.Sql;
using Kopeck.Relational.Sql;
using Kopeck.Relational.Writing;
using Npgsql;
using NpgsqlTypes;

namespace Kopeck.Postgres.Writing;

/// <summary>
/// Adds commands that write rows to a batch: many rows as arrays through <c>unnest</c>, beside the book's own row, so that each command
/// names one book; one or two, as where a caller waits for each answer, as values, which cost the database less than arrays of one.
/// </summary>
sealed class PostgresTableWriter(NpgsqlBatch batch, BookName book) : ITableWriter
{
    const int MaxValues = 2;

    static readonly ConcurrentDictionary<(object Table, int Form), string> Texts = new();

    public Dialect Dialect => PostgresDialect.Instance;

    /// <summary>
    /// The command that adds idempotency keys: when it finds one there, the key is used already. Told by the command, for a proxy passes on
    /// no table's name.
    /// </summary>
    public NpgsqlBatchCommand? Keys { get; private set; }

    public void Insert<TRow>(TableRows<TRow> table, IReadOnlyList<TRow> rows)
    {
        var command =
            rows.Count <= MaxValues ? AddValues(table, rows) : AddArrays(table, rows, Texts.GetOrAdd((table, 0), _ => InsertText(table)));
        if (ReferenceEquals(table, BatchTables.Keys))
            Keys = command;
    }

    public void Update<TRow>(TableRows<TRow> table, IReadOnlyList<TRow> rows) =>
        AddArrays(table, rows, Texts.GetOrAdd((table, -1), _ => UpdateText(table)));

    public void Put<TRow>(TableRows<TRow> table, IReadOnlyList<TRow> rows) =>
        AddArrays(table, rows, Texts.GetOrAdd((table, -2), _ => InsertText(table) + table.OnConflict));

    public void Execute(Query query) => batch.BatchCommands.Add(query.ToCommand());

    NpgsqlBatchCommand AddValues<TRow>(TableRows<TRow> table, IReadOnlyList<TRow> rows)
    {
        var command = Command(Texts.GetOrAdd((table, rows.Count), _ => ValuesText(table, rows.Count)));
        var values = new Values(command);
        foreach (var row in rows)
        {
            foreach (var column in table.Columns)
                column.Give(row, values);
        }

        return command;
    }

    NpgsqlBatchCommand AddArrays<TRow>(TableRows<TRow> table, IReadOnlyList<TRow> rows, string text)
    {
        var command = Command(text);
        var values = new Arrays(command);
        foreach (var column in table.Columns)
            column.Give(rows, values);
        return command;
    }

    NpgsqlBatchCommand Command(string text)
    {
        var command = new NpgsqlBatchCommand(text);
        batch.BatchCommands.Add(command);
        return command.Add(book.Value);
    }

    static string ValuesText<TRow>(TableRows<TRow> table, int rows)
    {
        var place = 2;
        var values = Enumerable.Range(0, rows)
            .Select(_ => $"($1{string.Concat(table.Columns.Select(column => ", " + Cast($"${Text(place++)}", column.Column)))})");
        return $"INSERT INTO {table.Table} (book, {table.Names}) VALUES {string.Join(", ", values)}";
    }

    static string InsertText<TRow>(TableRows<TRow> table) => $"""
        INSERT INTO {table.Table} (book, {table.Names})
        SELECT b.book, {string.Join(", ", table.Columns.Select(column => Cast("row." + column.Column.Name, column.Column)))}
        FROM books b CROSS JOIN unnest({ArrayPlaces(table)}) AS row ({table.Names}) WHERE b.book = $1
        """;

    static string UpdateText<TRow>(TableRows<TRow> table) => $"""
        UPDATE {table.Table} SET {string.Join(", ", table.Columns.Skip(1).Select(column => $"{column.Column.Name} = {Cast("row." + column.Column.Name, column.Column)}"))}
        FROM unnest({ArrayPlaces(table)}) AS row ({table.Names})
        WHERE {table.Table}.book = $1 AND {table.Table}.{table.Columns[0].Column.Name} = row.{table.Columns[0].Column.Name}
        """;

    static string ArrayPlaces<TRow>(TableRows<TRow> table) =>
        string.Join(", ", table.Columns.Select((column, index) => $"${Text(index + 2)}::{ArrayOf(column.Column.Type.Kind)}"));

    static string ArrayOf(FieldKind kind) => kind switch
    {
        FieldKind.Integer => "bigint[]",
        FieldKind.Bytes => "bytea[]",
        FieldKind.Boolean => "boolean[]",
        FieldKind.Date => "date[]",
        _ => "text[]",
    };

    // The digits are checked by the value's type already; numeric takes them as they are.
    static string Cast(string value, Column column) => column.Type.Kind == FieldKind.Numeric ? value + "::text::numeric" : value;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    sealed class Values(NpgsqlBatchCommand command) : IRowValues
    {
        public void Number(long? value) =>
            _ = value is { } given ? command.Add(given) : command.AddOptional((long?)null, NpgsqlDbType.Bigint);

        public void Flag(bool value) => command.Add(value);

        public void Text(string? value) => command.AddOptional(value, NpgsqlDbType.Text);

        public void Utf8(byte[] value) => command.Add(value, NpgsqlDbType.Text);

        public void Bytes(byte[]? value) => command.AddOptional(value, NpgsqlDbType.Bytea);

        public void Digest(Digest value) => command.Add(value.ToBytes());

        public void Date(DateOnly value) => command.Add(value);
    }

    sealed class Arrays(NpgsqlBatchCommand command) : IColumnValues
    {
        public void Numbers(long[] values) => command.Add(values);

        public void OptionalNumbers(long?[] values) => command.Add(values);

        public void Flags(bool[] values) => command.Add(values);

        public void Texts(string?[] values) => command.Add(values);

        public void Utf8(byte[][] values) => command.Add(values, NpgsqlDbType.Array | NpgsqlDbType.Text);

        public void Bytes(byte[]?[] values) => command.Add(values);

        public void Dates(DateOnly[] values) => command.Add(values);
    }
}
