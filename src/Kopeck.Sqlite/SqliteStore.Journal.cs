using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite;

/// <content>Reads of the journal.</content>
public sealed partial class SqliteStore
{
    static readonly string SelectOperations = $"SELECT {SqliteRows.OperationColumns} FROM {SqliteRows.OperationTables} WHERE o.book = ?1";

    /// <inheritdoc/>
    public async ValueTask<Operation?> GetOperationAsync(BookName book, long number, CancellationToken cancellationToken) =>
        await ReadAsync(connection => FindOperation(connection, book, number), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Operation>> GetGroupsAsync(BookName book, IReadOnlyCollection<long> lasts, CancellationToken cancellationToken) =>
        await ReadAsync(connection => lasts.Order().SelectMany(last => ReadGroup(connection, book, last)).ToList(), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Operation>> ReadJournalAsync(BookName book, long after, int limit, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                using var rows = connection.Prepare($"{SelectOperations} AND o.number > ?2 ORDER BY o.number LIMIT ?3").Bind(book.Value).Bind(after).Bind(limit);
                return ReadAll(rows, SqliteRows.Operation);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<long> FindNumberAtAsync(BookName book, Instant at, CancellationToken cancellationToken) =>
        await ReadAsync(connection => FindNumberAt(connection, book, at), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Page<Operation>> ListOperationsAsync(BookName book, OperationFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                var candidates = new OperationCandidates(connection, book, filter, page, NumberRange(connection, book, filter));
                var items = new List<Operation>(page.Limit + 1);
                while (items.Count <= page.Limit && candidates.Next() is { } number)
                {
                    if (FindOperation(connection, book, number) is { } operation && (filter.Kind is not { } kind || operation.Kind == kind))
                        items.Add(operation);
                }

                return Cut(items, page.Limit, operation => new PageKey(operation.Number));
            },
            cancellationToken);

    static Operation? FindOperation(Connection connection, BookName book, long number)
    {
        using var row = connection.Prepare($"{SelectOperations} AND o.number = ?2").Bind(book.Value).Bind(number);
        return row.Step() ? SqliteRows.Operation(row) : null;
    }

    static List<Operation> ReadGroup(Connection connection, BookName book, long last)
    {
        using var rows = connection.Prepare($"{SelectOperations} AND o.number <= ?2 ORDER BY o.number DESC").Bind(book.Value).Bind(last);
        var group = new List<Operation>();
        while (rows.Step() && rows.Int64(2) == last)
            group.Add(SqliteRows.Operation(rows));
        group.Reverse();
        return group;
    }

    /// <summary>Numbers from inclusive to exclusive: instants rise with numbers, so no index on them is needed.</summary>
    static (long From, long To) NumberRange(Connection connection, BookName book, OperationFilter filter) => (
        filter.Since is { } since ? FindNumberAt(connection, book, new Instant(since.Microseconds - 1)) + 1 : 1,
        filter.Until is { } until ? FindNumberAt(connection, book, new Instant(until.Microseconds - 1)) + 1 : HeadNumber(connection, book) + 1);

    static long FindNumberAt(Connection connection, BookName book, Instant at)
    {
        long low = 0;
        var high = HeadNumber(connection, book);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            using var row = connection.Prepare("SELECT at FROM operations WHERE book = ?1 AND number = ?2").Bind(book.Value).Bind(middle);
            if (row.Step() && row.Int64(0) <= at.Microseconds)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }
}
