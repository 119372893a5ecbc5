using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Relational.Reading;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational;

/// <content>Reads of the journal.</content>
public abstract partial class RelationalStore
{
    // Between these whoever asked may go away.
    const int MaxRowsAtOnce = 250;

    // An operation may have a thousand entries and long metadata: a page of the largest has fewer of them than were asked for.
    const int FirstRowsAtOnce = 50;
    const long PageBytes = 4 << 20;

    // A round trip asks for so many instants at once.
    const int Pivots = 15;

    // A group is contiguous and ends with its number: it begins after the last operation before it that belongs to another.
    static readonly string SelectGroup = $"""
        {OperationRows.Select} AND o.number <= @key AND o.group_number = @key
          AND o.number > coalesce((SELECT other.number FROM operations other WHERE other.book = $1 AND other.number < @key AND other.group_number <> @key ORDER BY other.number DESC LIMIT 1), 0)
        """;

    /// <inheritdoc/>
    public async ValueTask<Operation?> GetOperationAsync(BookName book, long number, CancellationToken cancellationToken) =>
        await FirstAsync(
            Lane.Lookups, new Query($"{OperationRows.Select} AND o.number = $2").Add(book.Value).Add(number), OperationRows.Read,
            cancellationToken)
            .ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Operation>> GetGroupsAsync(
        BookName book, IReadOnlyCollection<long> lasts, CancellationToken cancellationToken)
    {
        var found = await AllAsync(
            Lane.Lookups,
            new Query(Dialect.ForEach(SelectGroup, 2, ValueKind.Number)).Add(book.Value).AddKeys(lasts),
            OperationRows.Read,
            cancellationToken).ConfigureAwait(false);
        found.Sort((left, right) => left.Number.CompareTo(right.Number));
        return found;
    }

    /// <inheritdoc/>
    public virtual async ValueTask<IReadOnlyList<Operation>> ReadJournalAsync(
        BookName book, long after, int limit, CancellationToken cancellationToken) =>
        await AllAsync(
            Lane.Pages, new Query(OperationRows.SelectAfter).Add(book.Value).Add(after).Add(limit), OperationRows.Read, cancellationToken)
            .ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<long> FindNumberAtAsync(BookName book, Instant at, CancellationToken cancellationToken)
    {
        // Instants rise with numbers, so they are searched without an index on them.
        long low = 0;
        var high = await HeadNumberAsync(book, cancellationToken).ConfigureAwait(false);
        while (low < high)
        {
            var step = (high - low + Pivots) / (Pivots + 1);
            var (last, first) = (low, high + 1);
            await ReadAsync(
                Lane.Pages,
                isSnapshot: false,
                [
                    new Query($"SELECT number, at FROM operations WHERE book = $1 AND {Dialect.IsOneOf("number", 2)}")
                        .Add(book.Value)
                            .AddKeys(Enumerable.Range(1, Pivots + 1).Select(place => low + place * step).Where(number => number <= high))
                        .Read(row =>
                        {
                            if (row.Int64(1) <= at.Microseconds)
                                last = Math.Max(last, row.Int64(0));
                            else
                                first = Math.Min(first, row.Int64(0));
                        }),
                ],
                cancellationToken).ConfigureAwait(false);
            (low, high) = (last, first - 1);
        }

        return low;
    }

    /// <inheritdoc/>
    public async ValueTask<Page<Operation>> ListOperationsAsync(
        BookName book, OperationFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var (from, to) = await RangeAsync(book, filter, page, cancellationToken).ConfigureAwait(false);
        var wallets = filter.Customer is { } owner
            ? await WalletsAsync(book, owner, cancellationToken).ConfigureAwait(false)
            : [];
        var mustTouch = filter is { Account: not null, Customer: not null } ? wallets.ToHashSet() : null;
        var sources = OperationSources(filter, wallets);
        var scan = new KeyScan(sources, page.IsAscending, isThinned: mustTouch is not null || IsThinned(filter, sources[0]), from, to);
        var items = new List<Operation>(Math.Min(page.Limit + 1, MaxRowsAtOnce));
        var (bytes, rows) = (0L, FirstRowsAtOnce);
        while (items.Count <= page.Limit && !scan.IsAtEnd)
        {
            // What comes next is taken to be as large as what came.
            if (items.Count > 0)
                rows = (int)Math.Clamp((PageBytes - bytes) / Math.Max(1, bytes / items.Count), 1, MaxRowsAtOnce);
            await ReadAsync(
                Lane.Pages, isSnapshot: false, scan.Next(book, Math.Min(page.Limit + 1 - items.Count, rows)), cancellationToken)
                .ConfigureAwait(false);
            var found = await OperationsAsync(book, scan.Take(), filter, cancellationToken).ConfigureAwait(false);
            foreach (var operation in mustTouch is null ? found : found.Where(operation => Touches(operation, mustTouch)))
            {
                items.Add(operation);
                bytes += operation.Canonical is { } stored ? stored.Body.Length + stored.Entries.Length : 0;
            }

            if (bytes >= PageBytes && items.Count <= page.Limit && !scan.IsAtEnd)
                return new Page<Operation>(items, new PageKey(items[^1].Number));
        }

        return Cut(items, page.Limit, operation => new PageKey(operation.Number));
    }

    async Task<List<Operation>> OperationsAsync(
        BookName book, IReadOnlyList<long> numbers, OperationFilter filter, CancellationToken cancellationToken)
    {
        if (numbers.Count == 0)
            return [];
        var values = new Query("");
        var conditions = $" AND {Dialect.IsOneOf("o.number", 2)}";
        if (filter.Kind is { } kind)
            conditions += $" AND o.kind = ${2 + values.Add((long)kind).Values.Count}";
        if (filter.Reverses is { } original)
        {
            var place = 2 + values.Add(original).Values.Count;
            conditions += $" AND EXISTS (SELECT 1 FROM reversals r WHERE r.book = $1 AND r.original = ${place} AND r.number = o.number)";
        }

        if (filter.Reversed is { } state)
            conditions += $" AND o.kind IN ({MoneyKinds}) AND {Reversed(state)}";
        var query = new Query(OperationRows.Select + conditions).Add(book.Value).AddKeys(numbers);
        foreach (var value in values.Values)
            query.Add(value);
        var found = await AllAsync(Lane.Pages, query, OperationRows.Read, cancellationToken).ConfigureAwait(false);
        var places = numbers.Select((number, place) => (number, place)).ToDictionary(pair => pair.number, pair => pair.place);
        found.Sort((left, right) => places[left.Number].CompareTo(places[right.Number]));
        return found;
    }

    // Of a source of its own all pass; of another one some may not.
    static bool IsThinned(OperationFilter filter, KeySource source) =>
        (filter.Kind is not null && !source.IsScan)
        || filter.Reversed is not null
        || (filter.Reverses is not null && filter is { Account: not null } or { Customer: not null });

    static readonly string MoneyKinds = string.Join(", ", KindList.All.Where(kind => kind.MovesMoney).Select(kind => (int)kind.Number));

    static string Reversed(ReversedState state) => state switch
    {
        ReversedState.None => "NOT EXISTS (SELECT 1 FROM reversed_operations x WHERE x.book = $1 AND x.number = o.number)",
        _ => "EXISTS (SELECT 1 FROM reversed_operations x WHERE x.book = $1 AND x.number = o.number"
            + $" AND x.is_whole = {(state == ReversedState.Fully ? "TRUE" : "FALSE")})",
    };

    List<KeySource> OperationSources(OperationFilter filter, List<long> wallets)
    {
        var sources = new List<KeySource>(4);
        if (filter.Account is not null || filter.Customer is not null)
        {
            var accounts = filter.Account is { } account ? [account] : wallets;
            if (accounts.Count > 0)
            {
                sources.Add(OfAccounts("entries", "DISTINCT ", accounts));
                sources.Add(OfAccounts("account_changes", "", accounts));
                sources.Add(OfAccounts("hold_entries", "", accounts));
            }

            if (filter.Account is null)
            {
                sources.Add(KeySource.Of(
                    $"SELECT 0, number FROM customer_changes WHERE book = $1 AND customer = $5 AND number >= $2 AND number < $3 ORDER BY number {KeySource.Direction} LIMIT $4",
                    query => query.Add(filter.Customer!.Value)));
            }

            return sources;
        }

        if (filter.Reverses is { } original)
        {
            sources.Add(KeySource.Of(
                $"""
                SELECT DISTINCT 0, number FROM reversals WHERE book = $1 AND original = $5 AND number >= $2 AND number < $3
                ORDER BY number {KeySource.Direction} LIMIT $4
                """,
                query => query.Add(original)));
            return sources;
        }

        if (filter.Reversed is ReversedState.Partly or ReversedState.Fully)
        {
            var isWhole = filter.Reversed == ReversedState.Fully ? "TRUE" : "FALSE";
            sources.Add(KeySource.Of(
                $"""
                SELECT 0, number FROM reversed_operations WHERE book = $1 AND is_whole = {isWhole} AND number >= $2 AND number < $3
                ORDER BY number {KeySource.Direction} LIMIT $4
                """,
                query => query));
            return sources;
        }

        sources.Add(KeySource.Of(
            $"SELECT 0, number FROM operations WHERE book = $1 AND number >= $2 AND number < $3{(filter.Kind is null ? "" : " AND kind = $5")} ORDER BY number {KeySource.Direction} LIMIT $4",
            query => filter.Kind is { } kind ? query.Add((long)kind) : query,
            isScan: filter.Kind is not null));
        return sources;
    }

    KeySource OfAccounts(string table, string distinct, List<long> accounts) =>
        KeySource.Of(
            Dialect.ForEach(
                $"SELECT {distinct}{Dialect.Key} AS account, number FROM {table} WHERE book = $1 AND account = {Dialect.Key} AND number >= $2 AND number < $3 ORDER BY number {KeySource.Direction} LIMIT $4",
                5,
                ValueKind.Number),
            query => query.AddKeys(accounts));

    static bool Touches(Operation operation, HashSet<long> accounts)
    {
        if (operation.Entries.Any(entry => accounts.Contains(entry.Account)))
            return true;
        var touched = KindList.Of(operation.Kind).Touches(operation);
        return touched.Accounts.Any(accounts.Contains) || touched.Holds.Any(change => accounts.Contains(change.Account));
    }

    /// <summary>Numbers from inclusive to exclusive.</summary>
    async Task<(long From, long To)> RangeAsync(
        BookName book, OperationFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var from =
            filter.Since is { } since
                ? await FindNumberAtAsync(book, new Instant(since.Microseconds - 1), cancellationToken).ConfigureAwait(false) + 1
                : 1;
        var to = filter.Until is { } until
            ? await FindNumberAtAsync(book, new Instant(until.Microseconds - 1), cancellationToken).ConfigureAwait(false) + 1
            : await HeadNumberAsync(book, cancellationToken).ConfigureAwait(false) + 1;
        if (page.After is { First: var after })
            (from, to) = page.IsAscending ? (Math.Max(from, after + 1), to) : (from, Math.Min(to, after));
        if (filter.Key is not { } key)
            return (from, to);
        var last = await FirstAsync(
            Lane.Pages,
            new Query("SELECT number FROM idempotency_keys WHERE book = $1 AND digest = $2").Add(book.Value)
                .Add(KeyDigest.Of(key).ToBytes()),
            row => row.Int64(0),
            cancellationToken).ConfigureAwait(false);
        var group = last == 0 ? [] : await GetGroupsAsync(book, [last], cancellationToken).ConfigureAwait(false);
        // A batch's own key is of none of its items.
        return group.Count == 0 || group[0].Key != key ? (to, to) : (Math.Max(from, group[0].Number), Math.Min(to, last + 1));
    }
}
