using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;
using Kopeck.Testing;
using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Verification.Tests;

/// <summary>Whatever is changed in the journal or in a derived table, verification finds it and names the place.</summary>
/// <param name="rowsAColumn">How many rows each column is tampered with in.</param>
/// <param name="rowsATable">How many rows of each table go, come or change places.</param>
/// <param name="valuesARow">How many other values that the database takes are tried in a row's column, each time others.</param>
public abstract class TamperingTests(History history, int rowsAColumn, int rowsATable, int valuesARow)
{
    /// <summary>Generated from the tables, so that a new column is covered.</summary>
    public static TheoryData<string, string> EveryColumn { get; } =
        [.. History.TamperedTables.SelectMany(table => Tables.ColumnsOf(table).Select(column => (table, column.Name)))];

    public static TheoryData<string> EveryTable { get; } = [.. History.TamperedTables];

    [Fact]
    public async Task An_untouched_history_is_right()
    {
        await using var copy = await history.CopyAsync();
        Assert.Null(history.Verify(copy).Finding);
        Assert.Null(history.Verify(copy, history.Head).Finding);
        Assert.Equal(history.Head.Number, history.Verify(copy).Operations);
        await using var loose = await history.CopyLooseAsync();
        Assert.Null(history.Verify(loose).Finding);
    }

    [Fact]
    public async Task Every_column_is_used_by_the_history()
    {
        await using var copy = await history.CopyLooseAsync();
        using var database = copy.OpenRaw();
        foreach (var table in History.TamperedTables)
        {
            foreach (var column in Tables.ColumnsOf(table))
                Assert.True(database.Number($"SELECT count({column.Name}) FROM {table} WHERE book = 'main'") > 0, $"{table}.{column.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(EveryColumn))]
    public async Task A_changed_value_is_found_at_its_place(string table, string column)
    {
        var copy = await history.TakeLooseAsync();
        using var database = copy.OpenRaw();
        var place = Tables.ColumnsOf(table).Index().First(item => item.Item.Name == column).Index;
        var isKey = Tables.PrimaryKeyOf(table).Contains(column, StringComparer.Ordinal);
        var tried = 0;
        foreach (var (index, (rowId, row)) in SampleRows(database, table, rowsAColumn * TestSeed.Scale).Index())
        {
            var left = valuesARow;
            foreach (var other in OthersThan(row[place], index + place))
            {
                if (left == 0)
                    break;
                // Any count is a possible epoch: only what the book went through says which.
                if (column == Tables.Books.Epoch.Name && other is >= 0L)
                    continue;
                if (!database.TryRun($"UPDATE {table} SET {column} = ? WHERE rowid = ?", other, rowId)
                    || IsSame(row[place], database.Query($"SELECT {column} FROM {table} WHERE rowid = ?", rowId).Single()[0]))
                    continue;
                tried++;
                left--;
                var what = $"{table} {string.Join('|', row.Select(RawDatabase.Describe))}: {column} = {RawDatabase.Describe(other)}";
                RequireFound(
                    copy, table, isKey ? null : KeyOf(table, row), table is "operations" or "personal_values" || isKey ? null : column,
                    what);
                database.Run($"UPDATE {table} SET {column} = ? WHERE rowid = ?", row[place], rowId);
            }
        }

        Assert.True(tried > 0);
        history.GiveBack(copy);
    }

    [Theory]
    [MemberData(nameof(EveryTable))]
    public async Task A_deleted_row_is_found(string table)
    {
        var copy = await history.TakeLooseAsync();
        using var database = copy.OpenRaw();
        foreach (var (rowId, row) in SampleRows(database, table, rowsATable))
        {
            database.Run($"DELETE FROM {table} WHERE rowid = ?", rowId);
            var isTail = table == "operations" && Equals(row[1], history.Head.Number);
            RequireFound(copy, isTail ? null : table, isTail ? null : KeyOf(table, row), null, $"{table} without {KeyOf(table, row)}");
            Insert(database, table, rowId, row);
        }

        history.GiveBack(copy);
    }

    [Theory]
    [MemberData(nameof(EveryTable))]
    public async Task A_row_that_is_there_twice_is_found(string table)
    {
        var copy = await history.TakeLooseAsync();
        using var database = copy.OpenRaw();
        foreach (var (_, row) in SampleRows(database, table, rowsATable))
        {
            Insert(database, table, 1_000_000, row);
            RequireFound(copy, table, KeyOf(table, row), null, $"{table} with {KeyOf(table, row)} twice");
            database.Run($"DELETE FROM {table} WHERE rowid = 1000000");
        }

        history.GiveBack(copy);
    }

    [Theory]
    [MemberData(nameof(EveryTable))]
    public async Task A_row_that_belongs_to_nothing_is_found(string table)
    {
        if (table == Tables.Books.TableName)
            return;
        var copy = await history.TakeLooseAsync();
        using var database = copy.OpenRaw();
        foreach (var (index, (_, row)) in SampleRows(database, table, rowsAColumn * TestSeed.Scale).Index())
        {
            foreach (var column in Tables.PrimaryKeyOf(table).Where(name => name != "book"))
            {
                var left = valuesARow;
                var place = Tables.ColumnsOf(table).Index().First(item => item.Item.Name == column).Index;
                var surplus = row.ToArray();
                foreach (var other in OthersThan(row[place], index + place))
                {
                    if (left == 0)
                        break;
                    surplus[place] = other;
                    if (!TryInsert(database, table, 1_000_000, surplus))
                        continue;
                    left--;
                    RequireFound(copy, table, null, null, $"{table} with {string.Join('|', surplus.Select(RawDatabase.Describe))}");
                    database.Run($"DELETE FROM {table} WHERE rowid = 1000000");
                }
            }
        }

        history.GiveBack(copy);
    }

    [Theory]
    [MemberData(nameof(EveryTable))]
    public async Task Two_rows_that_changed_places_are_found(string table)
    {
        var copy = await history.TakeLooseAsync();
        using var database = copy.OpenRaw();
        var key = Tables.PrimaryKeyOf(table);
        var columns = Tables.ColumnsOf(table).Select(column => column.Name).ToList();
        var rows = SampleRows(database, table, rowsATable).ToList();
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
            RequireFound(copy, table, null, null, $"{table} {KeyOf(table, left)} and {KeyOf(table, right)} swapped");
            Replace(database, table, leftId, left);
            Replace(database, table, rightId, right);
        }

        history.GiveBack(copy);
    }

    [Fact]
    public async Task Finding_something_in_personal_values_does_not_tell_them()
    {
        var copy = await history.TakeLooseAsync();
        using var database = copy.OpenRaw();
        var original = SampleRows(database, "personal_values", int.MaxValue).ToList();
        var tried = 0;
        foreach (var column in Tables.PersonalValues.Columns.Where(column => column.Name != "book"))
        {
            if (database.TryRun($"UPDATE personal_values SET {column.Name} = 'Secret Person'"))
            {
                tried++;
                Assert.DoesNotContain(
                    "Secret", RequireFound(copy, "personal_values", null, null, column.Name).Problem, StringComparison.Ordinal);
            }

            database.Run("DELETE FROM personal_values");
            foreach (var (rowId, row) in original)
                Insert(database, "personal_values", rowId, row);
        }

        Assert.True(tried >= CustomerDetails.Columns.Count);
        history.GiveBack(copy);
    }

    Finding RequireFound(TestDatabase copy, string? table, string? key, string? column, string what)
    {
        var finding = history.Verify(copy).Finding;
        Assert.True(finding is not null, $"not found: {what}");
        if (table is not null)
            Assert.True(finding.Table == table, $"{finding} was found, not {what}");
        if (key is not null)
            Assert.True(finding.Key == key, $"{finding} was found, not {what}");
        if (column is not null)
            Assert.True(finding.Column == column, $"{finding} was found, not {what}");
        return finding;
    }

    // Beginning with another one each time.
    static IEnumerable<object?> OthersThan(object? value, int turn)
    {
        var others = ValueTampering.Of(value).ToList();
        return others.Skip(turn % others.Count).Concat(others.Take(turn % others.Count));
    }

    static IEnumerable<(long RowId, object?[] Row)> SampleRows(RawDatabase database, string table, int count)
    {
        // Evenly spread, the last one included.
        var rows = database.Query(
            $"SELECT rowid, {string.Join(", ", Tables.ColumnsOf(table).Select(column => column.Name))} FROM {table} WHERE book = 'main' ORDER BY {string.Join(", ", Tables.PrimaryKeyOf(table))}").ToList();
        var step = Math.Max(1, rows.Count / count);
        return rows.Where((_, index) => index % step == 0 || index == rows.Count - 1).Select(row => ((long)row[0]!, row[1..])).ToList();
    }

    static string KeyOf(string table, object?[] row)
    {
        var columns = Tables.ColumnsOf(table).Select(column => column.Name).ToList();
        var key = Tables.PrimaryKeyOf(table);
        return string.Join('/', key.Skip(key.Count > 1 ? 1 : 0).Select(name => RawDatabase.Describe(row[columns.IndexOf(name)])));
    }

    static bool IsSame(object? left, object? right) =>
        left?.GetType() == right?.GetType() && RawDatabase.Describe(left) == RawDatabase.Describe(right);

    static void Insert(RawDatabase database, string table, long rowId, object?[] row) =>
        Assert.True(TryInsert(database, table, rowId, row));

    static bool TryInsert(RawDatabase database, string table, long rowId, object?[] row) =>
        database.TryRun(
            $"INSERT INTO {table} (rowid, {string.Join(", ", Tables.ColumnsOf(table).Select(column => column.Name))}) VALUES (?{string.Concat(Enumerable.Repeat(", ?", row.Length))})",
            [rowId, .. row]);

    static void Replace(RawDatabase database, string table, long rowId, object?[] row)
    {
        database.Run($"DELETE FROM {table} WHERE rowid = ?", rowId);
        Insert(database, table, rowId, row);
    }
}

public sealed class SqliteTamperingTests(
    SqliteHistory history) : TamperingTests(history, rowsAColumn: 3, rowsATable: int.MaxValue, valuesARow: int.MaxValue),
    IClassFixture<SqliteHistory>;

// All rows and values are looked at on SQLite; here it is the store that differs, and each look costs ten times as much.
public sealed class PostgresTamperingTests(PostgresHistory history) : TamperingTests(
        history, rowsAColumn: 1, rowsATable: TestSeed.Scale > 1 ? 12 * TestSeed.Scale : 2,
        valuesARow: TestSeed.Scale > 1 ? int.MaxValue : 1),
    IClassFixture<PostgresHistory>;
