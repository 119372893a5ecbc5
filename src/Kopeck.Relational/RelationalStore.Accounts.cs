using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Relational.Reading;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational;

/// <content>Reads of accounts.</content>
public abstract partial class RelationalStore
{
    /// <inheritdoc/>
    public virtual async ValueTask<AsOf<Account?>> GetAccountAsync(
        BookName book, long account, long? at, CancellationToken cancellationToken)
    {
        long head = 0;
        Account? found = null;
        (AccountStatus Status, long? Floor)? change = null;
        var (balance, held) = (0L, 0L);
        var queries = new List<Query>(5)
        {
            new Query(BookRows.SelectHead).Add(book.Value).Read(row => head = row.Int64(0)),
            new Query($"{AccountRows.Select} AND a.account = $2").Add(book.Value).Add(account).Read(row => found = AccountRows.Read(row)),
        };
        if (at is { } number)
        {
            queries.Add(new Query("SELECT status, floor FROM account_changes WHERE book = $1 AND account = $2 AND number <= $3 ORDER BY number DESC LIMIT 1")
                .Add(book.Value).Add(account).Add(number).Read(row => change = ((AccountStatus)row.Int64(0), row.OptionalInt64(1))));
            queries.Add(new Query("SELECT balance FROM entries WHERE book = $1 AND account = $2 AND number <= $3 ORDER BY number DESC, place DESC LIMIT 1")
                .Add(book.Value).Add(account).Add(number).Read(row => balance = row.Int64(0)));
            queries.Add(new Query("SELECT held FROM hold_entries WHERE book = $1 AND account = $2 AND number <= $3 ORDER BY number DESC, place DESC LIMIT 1")
                .Add(book.Value).Add(account).Add(number).Read(row => held = row.Int64(0)));
        }

        await ReadAsync(Lane.Lookups, isSnapshot: true, queries, cancellationToken).ConfigureAwait(false);
        if (at is not { } then || then >= head)
            return new AsOf<Account?>(found, head);
        if (found is null || then < account || change is not { } left)
            return new AsOf<Account?>(null, then);
        return new AsOf<Account?>(found with { Status = left.Status, Floor = left.Floor, Posted = balance, Held = held }, then);
    }

    /// <inheritdoc/>
    public async ValueTask<AsOf<Page<Account>>> ListAccountsAsync(
        BookName book, AccountFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var ids = await KeysAsync(book, page, [AccountSource(filter)], cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<long, Account>(ids.Count);
        var head = await ReadWithHeadAsync(
            Lane.Pages,
            book,
            new Query($"{AccountRows.Select} AND {Dialect.IsOneOf("a.account", 2)}").Add(book.Value).AddKeys(ids)
                .Read(row => { var account = AccountRows.Read(row); found[account.Id] = account; }),
            cancellationToken).ConfigureAwait(false);
        return new AsOf<Page<Account>>(PageOf(ids, found, page.Limit), head);
    }

    KeySource AccountSource(AccountFilter filter)
    {
        // By its code or owner there are few, and kind and currency together have an index; one of the two alone is looked for in the order
        // of the list.
        var isScan = filter is { Code: null, Customer: null } && filter.Kind is null != filter.Currency is null;
        var values = new Query("");
        var conditions = "";
        void Where(string column) => conditions += $" AND {(isScan ? Dialect.Unindexed(column) : column)} = ${5 + values.Values.Count}";

        if (filter.Kind is { } kind)
        {
            Where("a.kind");
            values.Add((long)kind);
        }

        if (filter.Currency is { } currency)
        {
            Where("a.currency");
            values.Add(currency);
        }

        if (filter.Code is { } code)
        {
            Where("a.code");
            values.Add(code.Value);
        }

        if (filter.Customer is { } customer)
        {
            Where("a.customer");
            values.Add(customer);
        }

        return new KeySource(
            $"SELECT 0, a.account FROM accounts a WHERE a.book = $1 AND a.account >= $2 AND a.account < $3{conditions} ORDER BY a.account {KeySource.Direction} LIMIT $4",
            values.Values,
            isScan);
    }

    /// <summary>The keys of a page and one more, by sources of which every key counts.</summary>
    async Task<List<long>> KeysAsync(BookName book, PageRequest page, IReadOnlyList<KeySource> sources, CancellationToken cancellationToken)
    {
        var (from, to) = await RangeAsync(book, page, cancellationToken).ConfigureAwait(false);
        var scan = new KeyScan(sources, page.IsAscending, isThinned: false, from, to);
        var keys = new List<long>(page.Limit + 1);
        while (keys.Count <= page.Limit && !scan.IsAtEnd)
        {
            await ReadAsync(Lane.Pages, isSnapshot: false, scan.Next(book, page.Limit + 1 - keys.Count), cancellationToken)
                .ConfigureAwait(false);
            keys.AddRange(scan.Take());
        }

        return keys;
    }

    /// <summary>The ids that a page may have: objects are named by the operation that made them.</summary>
    async Task<(long From, long To)> RangeAsync(BookName book, PageRequest page, CancellationToken cancellationToken)
    {
        var end = await HeadNumberAsync(book, cancellationToken).ConfigureAwait(false) + 1;
        return page.After is not { First: var after } ? (1, end) : page.IsAscending ? (after + 1, end) : (1, Math.Min(end, after));
    }

    /// <summary>The objects of a page by their keys; what is no longer of the list is passed over.</summary>
    static Page<T> PageOf<T>(List<long> keys, Dictionary<long, T> found, int limit)
    {
        var items = new List<T>(Math.Min(keys.Count, limit));
        foreach (var key in keys.Take(limit))
        {
            if (found.TryGetValue(key, out var item))
                items.Add(item);
        }

        return new Page<T>(items, keys.Count > limit ? new PageKey(keys[limit - 1]) : null);
    }
}
