using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Postgres.Reading;
using Kopeck.Postgres.Writing;
using Npgsql;

namespace Kopeck.Postgres;

/// <content>Reads of the journal.</content>
public sealed partial class PostgresStore
{
    static readonly string SelectOperations = $"SELECT {PostgresRows.OperationColumns} FROM {PostgresRows.OperationTables} WHERE o.book = $1";

    // A group is contiguous and ends with its number: it begins after the last operation before it that belongs to another.
    static readonly string SelectGroups = $"""
        SELECT {PostgresRows.OperationColumns}
        FROM unnest($2::bigint[]) AS wanted (last)
        CROSS JOIN LATERAL (
          SELECT coalesce((SELECT other.number FROM operations other WHERE other.book = $1 AND other.number < wanted.last AND other.group_number <> wanted.last ORDER BY other.number DESC LIMIT 1), 0) AS before) edge
        JOIN operations o ON o.book = $1 AND o.number > edge.before AND o.number <= wanted.last AND o.group_number = wanted.last
        LEFT JOIN personal_values p ON p.book = $1 AND p.number = o.number
        ORDER BY o.number
        """;

    /// <inheritdoc/>
    public async ValueTask<Operation?> GetOperationAsync(BookName book, long number, CancellationToken cancellationToken) =>
        await ReadOneAsync(new NpgsqlBatchCommand($"{SelectOperations} AND o.number = $2").Add(book.Value).Add(number), row => PostgresRows.Operation(row), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Operation>> GetGroupsAsync(BookName book, IReadOnlyCollection<long> lasts, CancellationToken cancellationToken) =>
        await ReadAllAsync(new NpgsqlBatchCommand(SelectGroups).Add(book.Value).Add(lasts.ToArray()), row => PostgresRows.Operation(row), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Operation>> ReadJournalAsync(BookName book, long after, int limit, CancellationToken cancellationToken) =>
        await ReadAllAsync(JournalAfter(book, after, limit), row => PostgresRows.Operation(row), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<long> FindNumberAtAsync(BookName book, Instant at, CancellationToken cancellationToken)
    {
        // Instants rise with numbers, so a binary search needs no index on them.
        long low = 0;
        var high = await HeadNumberAsync(book, cancellationToken);
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            var found = await ReadOneAsync(new NpgsqlBatchCommand("SELECT at FROM operations WHERE book = $1 AND number = $2").Add(book.Value).Add(middle), row => row.GetInt64(0), cancellationToken);
            if (found <= at.Microseconds)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    /// <inheritdoc/>
    public async ValueTask<Page<Operation>> ListOperationsAsync(BookName book, OperationFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var items = new List<Operation>(page.Limit + 1);
        var candidates = await CandidatesAsync(book, filter, page, cancellationToken);
        while (items.Count <= page.Limit && !candidates.IsAtEnd)
        {
            var numbers = await ReadAllAsync(candidates.Next(page.Limit + 1 - items.Count), row => row.GetInt64(0), cancellationToken);
            candidates.Advance(numbers);
            if (numbers.Count == 0)
                continue;
            var command = new NpgsqlBatchCommand($"{SelectOperations} AND o.number = ANY($2){(filter.Kind is null ? "" : " AND o.kind = $3")} ORDER BY o.number {(page.IsAscending ? "ASC" : "DESC")}")
                .Add(book.Value).Add(numbers.ToArray());
            if (filter.Kind is { } kind)
                command.Add((short)kind);
            items.AddRange(await ReadAllAsync(command, row => PostgresRows.Operation(row), cancellationToken));
        }

        return Cut(items, page.Limit, operation => new PageKey(operation.Number));
    }

    static NpgsqlBatchCommand JournalAfter(BookName book, long after, int limit) =>
        new NpgsqlBatchCommand($"{SelectOperations} AND o.number > $2 ORDER BY o.number LIMIT $3").Add(book.Value).Add(after).Add(limit);

    async Task<OperationCandidates> CandidatesAsync(BookName book, OperationFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var from = filter.Since is { } since ? await FindNumberAtAsync(book, new Instant(since.Microseconds - 1), cancellationToken) + 1 : 1;
        var to = filter.Until is { } until ? await FindNumberAtAsync(book, new Instant(until.Microseconds - 1), cancellationToken) + 1 : await HeadNumberAsync(book, cancellationToken) + 1;
        if (page.After is { First: var after })
            (from, to) = page.IsAscending ? (Math.Max(from, after + 1), to) : (from, Math.Min(to, after));
        if (filter.Key is { } key)
        {
            var digest = KeyDigest.Of(key).ToBytes();
            var last = await ReadOneAsync(new NpgsqlBatchCommand("SELECT number FROM idempotency_keys WHERE book = $1 AND digest = $2").Add(book.Value).Add(digest), row => row.GetInt64(0), cancellationToken);
            var group = last == 0 ? [] : await GetGroupsAsync(book, [last], cancellationToken);
            (from, to) = group.Count == 0 ? (to, to) : (Math.Max(from, group[0].Number), Math.Min(to, last + 1));
        }

        var wallets = filter.Customer is { } customer
            ? (await ReadAllAsync(new NpgsqlBatchCommand("SELECT account FROM accounts WHERE book = $1 AND customer = $2").Add(book.Value).Add(customer), row => row.GetInt64(0), cancellationToken)).ToArray()
            : null;
        return filter.Account is { } account
            ? new OperationCandidates(book, filter, page.IsAscending, [account], null, wallets, (from, to))
            : new OperationCandidates(book, filter, page.IsAscending, wallets, filter.Customer, null, (from, to));
    }

    async Task<long> HeadNumberAsync(BookName book, CancellationToken cancellationToken) =>
        await ReadOneAsync(new NpgsqlBatchCommand("SELECT head_number FROM books WHERE book = $1").Add(book.Value), row => row.GetInt64(0), cancellationToken);
}
