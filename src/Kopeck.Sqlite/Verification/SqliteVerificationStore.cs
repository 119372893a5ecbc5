using System.Globalization;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite.Verification;

/// <summary>The rows of a SQLite file as they stand, for verification beside writers.</summary>
public sealed class SqliteVerificationStore(string path) : IVerificationStore
{
    /// <inheritdoc/>
    public IVerificationSnapshot OpenSnapshot(BookName book) =>
        new Snapshot(SqliteDatabase.Open(path, ConnectionMode.Read), book, ownsConnection: true);

    internal static IVerificationSnapshot Within(Connection connection, BookName book) =>
        new Snapshot(connection, book, ownsConnection: false);

    sealed class Snapshot : IVerificationSnapshot
    {
        readonly Connection connection;
        readonly string book;
        readonly bool ownsConnection;
        readonly Dictionary<string, string> finders = new(StringComparer.Ordinal);

        public Snapshot(Connection connection, BookName book, bool ownsConnection)
        {
            this.connection = connection;
            this.book = book.Value;
            this.ownsConnection = ownsConnection;
            if (ownsConnection)
                connection.Execute("BEGIN");
        }

        public IEnumerable<object?[]> Rows(string table)
        {
            // A statement of its own: the caller looks other rows up while it is stepped.
            using var rows = connection.Prepare($"{Select(table)} ORDER BY {string.Join(", ", KeyOf(table))}").Bind(book);
            while (Step(rows))
                yield return Read(rows, Tables.ColumnsOf(table).Count);
        }

        public void AddRows(string table, RowSum sum)
        {
            var columns = Tables.ColumnsOf(table).Count;
            using var rows = connection.Prepare(Select(table)).Bind(book);
            while (Step(rows))
            {
                for (var column = 0; column < columns; column++)
                    rows.AddTo(sum, column);
                sum.End();
            }
        }

        public IReadOnlyList<object?[]> Find(string table, params ReadOnlySpan<object> key)
        {
            if (!finders.TryGetValue(table, out var sql))
            {
                var conditions = KeyOf(table).Skip(1)
                    .Select((column, index) => $" AND {column} = ?{(index + 2).ToString(CultureInfo.InvariantCulture)}");
                finders.Add(table, sql = Select(table) + string.Concat(conditions) + " LIMIT 3");
            }

            using var rows = connection.Prepare(sql).Bind(book);
            foreach (var part in key)
                _ = part switch
                {
                    long number => rows.Bind(number),
                    byte[] bytes => rows.Bind(bytes),
                    _ => rows.Bind((string)part),
                };
            if (!Step(rows))
                return [];
            var found = new List<object?[]>(1);
            do
                found.Add(Read(rows, Tables.ColumnsOf(table).Count));
            while (Step(rows));
            return found;
        }

        public long Count(string table)
        {
            using var row = connection.Prepare($"SELECT count(*) FROM {table} WHERE book = ?1").Bind(book);
            return Step(row) ? row.Int64(0) : 0;
        }

        public void Dispose()
        {
            if (ownsConnection)
                connection.Dispose();
        }

        static bool Step(Statement rows)
        {
            try
            {
                return rows.Step();
            }
            catch (SqliteFailureException failure)
            {
                throw failure.ToStorageException();
            }
        }

        static string Select(string table) =>
            $"SELECT {string.Join(", ", Tables.ColumnsOf(table).Select(column => column.Name))} FROM {table} WHERE book = ?1";

        static IReadOnlyList<string> KeyOf(string table) => Tables.PrimaryKeyOf(table);

        static object?[] Read(Statement row, int count)
        {
            var values = new object?[count];
            for (var index = 0; index < count; index++)
                values[index] = row.Value(index);
            return values;
        }
    }
}
