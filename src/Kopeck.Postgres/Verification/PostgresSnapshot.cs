using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Distribution;
using Kopeck.Postgres.Writing;
using Npgsql;

namespace Kopeck.Postgres.Verification;

/// <summary>A book's rows within one transaction.</summary>
/// <param name="shared">How other connections see the same; null where there is only this one, which then reads its lists whole.</param>
/// <param name="shard">By which names the tables are read where Citus distributes them.</param>
/// <param name="watch">Looks whether the book is still where it was, where that matters.</param>
sealed class PostgresSnapshot(
    NpgsqlConnection connection, NpgsqlTransaction? owned, BookName book, SharedSnapshot? shared, BookShard? shard = null,
    ShardWatch? watch = null) : IVerificationSnapshot
{
    // A verification asks for rows in the order of their keys, again and again: so they are read ahead, more of them the longer that goes
    // well.
    const int MinAhead = 4;
    const int MaxAhead = 2_048;

    readonly Dictionary<string, RowsAhead> ahead = new(StringComparer.Ordinal);

    public IEnumerable<object?[]> Rows(string table)
    {
        if (shared is null)
            return Pages(table);
        var columns = Tables.ColumnsOf(table).Count;
        return Stream($"{Select(table)} ORDER BY {VerificationColumns.KeyOf(table)}").Select(row => Read(row, columns));
    }

    public void AddRows(string table, RowSum sum)
    {
        if (shared is null)
        {
            foreach (var values in Pages(table))
                sum.AddRow(values);
            return;
        }

        // In the order in which they lie there: by their keys each would be looked up.
        foreach (var row in Stream(Select(table)))
        {
            for (var column = 0; column < row.FieldCount; column++)
                Add(row, column, sum);
            sum.End();
        }
    }

    public IReadOnlyList<object?[]> Find(string table, params ReadOnlySpan<object> key)
    {
        // The book's own row has no key but the book.
        if (key.IsEmpty)
            return ReadExactly(table, []);
        if (!ahead.TryGetValue(table, out var rows))
            ahead.Add(table, rows = new RowsAhead(Tables.PrimaryKeyOf(table).Count - 1, MinAhead, MaxAhead));
        var wanted = key.ToArray();
        return rows.Find(wanted, limit => ReadFrom(table, wanted, isInclusive: true, limit), () => ReadExactly(table, wanted));
    }

    public long Count(string table) =>
        Guard(() =>
        {
            using var command = Command(connection, $"SELECT count(*) FROM {NameOf(table)} WHERE book = $1");
            var count = (long)command.ExecuteScalar()!;
            watch?.RequireUnmoved();
            return count;
        });

    public void Dispose()
    {
        if (owned is null)
            return;
        owned.Dispose();
        connection.Dispose();
        watch?.Dispose();
    }

    /// <summary>The rows of a query, one at a time, over a connection of its own.</summary>
    IEnumerable<NpgsqlDataReader> Stream(string sql)
    {
        using var other = Guard(shared!.Open);
        using var command = Command(other, sql);
        using var rows = Guard(() => command.ExecuteReader());
        while (Guard(rows.Read))
            yield return rows;
    }

    IEnumerable<object?[]> Pages(string table)
    {
        var page = ReadPage(table, "", []);
        var key = KeyColumns(table);
        while (page.Count > 0)
        {
            foreach (var row in page)
                yield return row;
            page = page.Count < MaxAhead ? [] : ReadFrom(table, [.. key.Select(column => page[^1][column]!)], isInclusive: false, MaxAhead);
        }
    }

    List<object?[]> ReadExactly(string table, object[] key)
    {
        var conditions = Tables.PrimaryKeyOf(table).Skip(1)
            .Select((column, index) => $" AND {column} = {VerificationColumns.Parameter(table, column, index + 2)}");
        return ReadPage(table, string.Concat(conditions), key, 3);
    }

    List<object?[]> ReadFrom(string table, object[] key, bool isInclusive, int limit)
    {
        var columns = Tables.PrimaryKeyOf(table).Skip(1).ToList();
        var parameters = columns.Select((column, index) => VerificationColumns.Parameter(table, column, index + 2));
        return ReadPage(
            table, $" AND ({string.Join(", ", columns)}) {(isInclusive ? ">=" : ">")} ({string.Join(", ", parameters)})", key, limit);
    }

    List<object?[]> ReadPage(string table, string condition, object[] key, int limit = MaxAhead) =>
        Guard(() =>
        {
            using var batch = new NpgsqlBatch(connection);
            var command = new NpgsqlBatchCommand(
                $"{Select(table)}{condition} ORDER BY {VerificationColumns.KeyOf(table)} LIMIT {VerificationColumns.Place(key.Length + 2)}")
                .Add(book.Value);
            foreach (var part in key)
            {
                _ = part switch
                {
                    long number => command.Add(number),
                    byte[] bytes => command.Add(bytes),
                    _ => command.Add((string)part),
                };
            }

            command.Add((long)limit);
            batch.BatchCommands.Add(command);
            using var rows = batch.ExecuteReader();
            var page = new List<object?[]>();
            while (rows.Read())
                page.Add(Read(rows, Tables.ColumnsOf(table).Count));
            watch?.RequireUnmoved();
            return page;
        });

    static int[] KeyColumns(string table) =>
        [
            .. Tables.PrimaryKeyOf(table).Skip(1)
                .Select(
                    name =>
                        Tables.ColumnsOf(table).Select((column, index) => (column, index)).First(pair => pair.column.Name == name).index)];

    string Select(string table) => VerificationColumns.Select(table, NameOf(table));

    string NameOf(string table) => shard?.NameOf(table) ?? table;

    NpgsqlCommand Command(NpgsqlConnection target, string sql)
    {
        var command = new NpgsqlCommand(sql, target);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = book.Value });
        return command;
    }

    static object?[] Read(NpgsqlDataReader row, int count)
    {
        var values = new object?[count];
        for (var index = 0; index < count; index++)
            values[index] = row.IsDBNull(index) ? null : row.GetValue(index);
        return values;
    }

    static void Add(NpgsqlDataReader row, int column, RowSum sum)
    {
        var type = row.GetFieldType(column);
        _ = row.IsDBNull(column) ? sum.AddNull()
            : type == typeof(long) ? sum.Add(row.GetInt64(column))
            : type == typeof(byte[]) ? sum.Add(row.GetFieldValue<byte[]>(column))
            : sum.Add(row.GetString(column));
    }

    static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (PostgresFailures.IsStorage(exception))
        {
            throw PostgresFailures.ToUnavailable(exception);
        }
    }
}
