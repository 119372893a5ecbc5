using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;

namespace Kopeck.Verification.Tests;

/// <summary>Whatever is changed in the journal or in a derived table, verification finds it and names the place.</summary>
public sealed class TamperingTests(History history) : IClassFixture<History>
{
    const int RowsAColumn = 8;

    /// <summary>Generated from the tables, so that a new column is covered.</summary>
    public static TheoryData<string, string> EveryColumn { get; } =
        [.. History.TamperedTables.SelectMany(table => Tables.ColumnsOf(table).Select(column => (table, column.Name)))];

    public static TheoryData<string> EveryTable { get; } = [.. History.TamperedTables];

    [Fact]
    public void An_untouched_history_is_right()
    {
        Assert.Null(history.Verify(history.Path).Finding);
        Assert.Null(history.Verify(history.Path, history.Head).Finding);
        Assert.Null(history.Verify(history.LoosePath).Finding);
        Assert.Equal(history.Head.Number, history.Verify(history.Path).Operations);
    }

    [Fact]
    public void Every_column_is_used_by_the_history()
    {
        using var database = new RawDatabase(history.LoosePath);
        foreach (var table in History.TamperedTables)
        {
            foreach (var column in Tables.ColumnsOf(table))
                Assert.True(database.Number($"SELECT count({column.Name}) FROM {table} WHERE book = 'main'") > 0, $"{table}.{column.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(EveryColumn))]
    public void A_changed_value_is_found_at_its_place(string table, string column)
    {
        using var database = new RawDatabase(history.Copy(history.LoosePath));
        var place = Tables.ColumnsOf(table).Index().First(item => item.Item.Name == column).Index;
        var isKey = Tables.PrimaryKeyOf(table).Contains(column, StringComparer.Ordinal);
        foreach (var (rowId, row) in SampleRows(database, table))
        {
            foreach (var other in ValueTampering.Of(row[place]))
            {
                // Any count is a possible epoch: only what the book went through says which.
                if (column == Tables.Books.Epoch.Name && other is >= 0L)
                    continue;
                database.Run($"UPDATE {table} SET {column} = ? WHERE rowid = ?", other, rowId);
                var what = $"{table} {string.Join('|', row.Select(RawDatabase.Describe))}: {column} = {RawDatabase.Describe(other)}";
                RequireFound(database, table, isKey ? null : KeyOf(table, row), table is "operations" or "personal_values" || isKey ? null : column, what);
                database.Run($"UPDATE {table} SET {column} = ? WHERE rowid = ?", row[place], rowId);
            }
        }

        Assert.Null(history.Verify(database.Path).Finding);
    }

    [Theory]
    [MemberData(nameof(EveryTable))]
    public void A_deleted_row_is_found(string table)
    {
        using var database = new RawDatabase(history.Copy(history.LoosePath));
        foreach (var (rowId, row) in SampleRows(database, table, int.MaxValue))
        {
            database.Run($"DELETE FROM {table} WHERE rowid = ?", rowId);
            var isTail = table == "operations" && Equals(row[1], history.Head.Number);
            RequireFound(database, isTail ? null : table, isTail ? null : KeyOf(table, row), null, $"{table} without {KeyOf(table, row)}");
            Insert(database, table, rowId, row);
        }

        Assert.Null(history.Verify(database.Path).Finding);
    }

    [Theory]
    [MemberData(nameof(EveryTable))]
    public void A_row_that_is_there_twice_is_found(string table)
    {
        using var database = new RawDatabase(history.Copy(history.LoosePath));
        foreach (var (_, row) in SampleRows(database, table, int.MaxValue))
        {
            Insert(database, table, 1_000_000, row);
            RequireFound(database, table, KeyOf(table, row), null, $"{table} with {KeyOf(table, row)} twice");
            database.Run($"DELETE FROM {table} WHERE rowid = 1000000");
        }

        Assert.Null(history.Verify(database.Path).Finding);
    }

    [Theory]
    [MemberData(nameof(EveryTable))]
    public void A_row_that_belongs_to_nothing_is_found(string table)
    {
        if (table == Tables.Books.TableName)
            return;
        using var database = new RawDatabase(history.Copy(history.LoosePath));
        foreach (var (_, row) in SampleRows(database, table))
        {
            foreach (var column in Tables.PrimaryKeyOf(table).Where(name => name != "book"))
            {
                var place = Tables.ColumnsOf(table).Index().First(item => item.Item.Name == column).Index;
                var surplus = row.ToArray();
                foreach (var other in ValueTampering.Of(row[place]))
                {
                    surplus[place] = other;
                    Insert(database, table, 1_000_000, surplus);
                    RequireFound(database, table, null, null, $"{table} with {string.Join('|', surplus.Select(RawDatabase.Describe))}");
                    database.Run($"DELETE FROM {table} WHERE rowid = 1000000");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(EveryTable))]
    public void Two_rows_that_changed_places_are_found(string table)
    {
        using var database = new RawDatabase(history.Copy(history.LoosePath));
        var key = Tables.PrimaryKeyOf(table);
        var columns = Tables.ColumnsOf(table).Select(column => column.Name).ToList();
        var rows = SampleRows(database, table, int.MaxValue).ToList();
        for (var index = 1; index < rows.Count; index++)
        {
            var ((leftId, left), (rightId, right)) = (rows[index - 1], rows[index]);
            var swapped = (Left: left.ToArray(), Right: right.ToArray());
            foreach (var place in Enumerable.Range(0, columns.Count).Where(place => !key.Contains(columns[place], StringComparer.Ordinal)))
                (swapped.Left[place], swapped.Right[place]) = (right[place], left[place]);
            if (swapped.Left.Select(RawDatabase.Describe).SequenceEqual(left.Select(RawDatabase.Describe), StringComparer.Ordinal))
                continue;
            Replace(database, table, leftId, swapped.Left);
            Replace(database, table, rightId, swapped.Right);
            RequireFound(database, table, null, null, $"{table} {KeyOf(table, left)} and {KeyOf(table, right)} swapped");
            Replace(database, table, leftId, left);
            Replace(database, table, rightId, right);
        }
    }

    [Fact]
    public void Finding_something_in_personal_values_does_not_tell_them()
    {
        using var database = new RawDatabase(history.Copy(history.LoosePath));
        foreach (var column in Tables.PersonalValues.Columns.Where(column => column.Name != "book"))
        {
            database.Run($"UPDATE personal_values SET {column.Name} = 'Secret Person'");
            Assert.DoesNotContain("Secret", RequireFound(database, "personal_values", null, null, column.Name).Problem, StringComparison.Ordinal);
            database.Run("DELETE FROM personal_values");
            using var original = new RawDatabase(history.LoosePath);
            foreach (var row in original.Query("SELECT rowid, * FROM personal_values"))
                Insert(database, "personal_values", (long)row[0]!, row[1..]);
        }
    }

    Finding RequireFound(RawDatabase database, string? table, string? key, string? column, string what)
    {
        var finding = history.Verify(database.Path).Finding;
        Assert.True(finding is not null, $"not found: {what}");
        if (table is not null)
            Assert.True(finding.Table == table, $"{finding} was found, not {what}");
        if (key is not null)
            Assert.True(finding.Key == key, $"{finding} was found, not {what}");
        if (column is not null)
            Assert.True(finding.Column == column, $"{finding} was found, not {what}");
        return finding;
    }

    static IEnumerable<(long RowId, object?[] Row)> SampleRows(RawDatabase database, string table, int count = RowsAColumn)
    {
        // Evenly spread, the last one included.
        var rows = database.Query($"SELECT rowid, {string.Join(", ", Tables.ColumnsOf(table).Select(column => column.Name))} FROM {table} WHERE book = 'main' ORDER BY {string.Join(", ", Tables.PrimaryKeyOf(table))}").ToList();
        var step = Math.Max(1, rows.Count / count);
        return rows.Where((_, index) => index % step == 0 || index == rows.Count - 1).Select(row => ((long)row[0]!, row[1..])).ToList();
    }

    static string KeyOf(string table, object?[] row)
    {
        var columns = Tables.ColumnsOf(table).Select(column => column.Name).ToList();
        var key = Tables.PrimaryKeyOf(table);
        return string.Join('/', key.Skip(key.Count > 1 ? 1 : 0).Select(name => RawDatabase.Describe(row[columns.IndexOf(name)])));
    }

    static void Insert(RawDatabase database, string table, long rowId, object?[] row) =>
        database.Run($"INSERT INTO {table} (rowid, {string.Join(", ", Tables.ColumnsOf(table).Select(column => column.Name))}) VALUES (?{string.Concat(Enumerable.Repeat(", ?", row.Length))})", [rowId, .. row]);

    static void Replace(RawDatabase database, string table, long rowId, object?[] row)
    {
        database.Run($"DELETE FROM {table} WHERE rowid = ?", rowId);
        Insert(database, table, rowId, row);
    }
}
