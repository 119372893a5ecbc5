using Kopeck.Engine.Keys;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.State;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational;

/// <summary>
/// Books in a database with SQL: all that reads is here, once. An engine's store adds its connections, its commit and its locks. Every
/// statement of a book names the book as $1 in each of its tables, and whatever a caller gave is bound: so there are few texts, and each is
/// prepared once.
/// </summary>
public abstract partial class RelationalStore : ILedgerStore
{
    /// <summary>How the engine's language differs.</summary>
    protected abstract Dialect Dialect { get; }

    /// <inheritdoc/>
    public abstract bool IsRemote { get; }

    /// <inheritdoc/>
    public abstract bool HasFairLocks { get; }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <inheritdoc/>
    public abstract ValueTask CheckAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask<bool> CommitAsync(BatchRows batch, IBookLock? held);

    /// <inheritdoc/>
    public abstract ValueTask<BookRow?> BumpEpochAsync(BookName book);

    /// <inheritdoc/>
    public abstract ValueTask<IBookLock> LockAsync(BookName book, long after = long.MaxValue);

    /// <inheritdoc/>
    public abstract ValueTask<AsOf<Account?>> GetAccountNowAsync(
        BookName book, long account, KnownAccounts known, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask<bool> AddKeyAsync(ApiKey key, CancellationToken cancellationToken, Action? beforeStoring = null);

    /// <inheritdoc/>
    public abstract ValueTask<ApiKey?> RevokeKeyAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask<ApiKey?> ChangeKeyAsync(
        BookName? book, KeyName name, Func<ApiKey, IReadOnlyList<ApiKey>, ApiKey?> change, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask NoteUseAsync(BookName? book, KeyName name, Instant at, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public virtual async ValueTask<BookList> ListBooksAsync(CancellationToken cancellationToken) => new(
        await AllAsync(Lane.Lookups, new Query($"SELECT {BookRows.Columns} FROM books ORDER BY book"), BookRows.Read, cancellationToken)
            .ConfigureAwait(false),
        []);

    /// <inheritdoc/>
    public async ValueTask<BookRow?> FindBookAsync(BookName book, CancellationToken cancellationToken) =>
        await FirstAsync(Lane.Lookups, new Query(BookRows.Select).Add(book.Value), BookRows.Read, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public virtual async ValueTask<IReadOnlyDictionary<BookName, long>> ReadHeadsAsync(
        IReadOnlyCollection<BookName> books, CancellationToken cancellationToken)
    {
        var heads = new Dictionary<BookName, long>(books.Count);
        await ReadAsync(
            Lane.Lookups,
            isSnapshot: false,
            [BookRows.SelectHeads(Dialect, books).Read(row => heads.Add(BookName.Parse(row.Text(0)), row.Int64(1)))],
            cancellationToken).ConfigureAwait(false);
        return heads;
    }

    /// <inheritdoc/>
    public virtual bool TellsCommits => false;

    /// <inheritdoc/>
    public virtual Task ListenAsync(Action onListening, Action<BookName, long> onCommit, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This store tells of no commits");

    /// <inheritdoc/>
    public async ValueTask<BookBase?> LoadBookAsync(BookName book, CancellationToken cancellationToken)
    {
        BookRow? row = null;
        var system = new List<Account>();
        var quotes = new List<Quote>();
        await ReadAsync(
            Lane.Pages,
            isSnapshot: true,
            [
                new Query(BookRows.Select).Add(book.Value).Read(each => row = BookRows.Read(each)),
                new Query($"{AccountRows.Select} AND a.kind IN (3, 4)").Add(book.Value).Read(each => system.Add(AccountRows.Read(each))),
                new Query(QuoteRows.SelectFromHead(Dialect)).Add(book.Value)
                    .Read(each => QuoteRows.AddNewest(quotes, QuoteRows.Read(each))),
            ],
            cancellationToken).ConfigureAwait(false);
        return row is null ? null : new BookBase(row, system, quotes);
    }

    /// <inheritdoc/>
    public async ValueTask<Found> LookUpAsync(BookName book, Needs needs, CancellationToken cancellationToken)
    {
        BookRow? row = null;
        var wanted = needs.Accounts.ToHashSet();
        var (holds, originals, due) =
            needs.HasHolds ? await LookUpHoldsAsync(book, needs, wanted, cancellationToken).ConfigureAwait(false) : ([], [], null);
        var accounts = new List<Account>(wanted.Count);
        var customers = new List<Customer>(needs.Customers.Count);
        var customerCodes = new Dictionary<CustomerCode, long>();
        var accountCodes = new Dictionary<AccountCode, long>();
        var keys = new Dictionary<KeyDigest, long>();
        var queries = new List<Query>(6);
        if (needs.Keys.Count > 0)
        {
            queries.Add(new Query($"SELECT digest, number FROM idempotency_keys WHERE book = $1 AND {Dialect.IsOneOf("digest", 2)}")
                .Add(book.Value).AddKeys(needs.Keys.Select(key => key.ToBytes()))
                .Read(each => keys.Add(KeyDigest.From(each.Bytes(0)), each.Int64(1))));
        }

        if (wanted.Count > 0)
        {
            queries.Add(new Query($"{AccountRows.Select} AND {Dialect.IsOneOf("a.account", 2)}")
                .Add(book.Value).AddKeys(wanted)
                .Read(each => accounts.Add(AccountRows.Read(each))));
        }

        if (needs.Customers.Count > 0)
        {
            queries.Add(new Query($"{CustomerRows.Select} AND {Dialect.IsOneOf("c.customer", 2)}")
                .Add(book.Value).AddKeys(needs.Customers)
                .Read(each => customers.Add(CustomerRows.Read(each))));
        }

        if (needs.CustomerCodes.Count > 0)
        {
            queries.Add(new Query($"SELECT code, customer FROM personal_values WHERE book = $1 AND {Dialect.IsOneOf("code", 2)} AND is_current")
                .Add(book.Value).AddKeys(needs.CustomerCodes.Select(code => code.Value))
                .Read(each => customerCodes.Add(CustomerCode.Parse(each.Text(0)), each.Int64(1))));
        }

        if (needs.AccountCodes.Count > 0)
        {
            queries.Add(new Query($"SELECT code, account FROM accounts WHERE book = $1 AND {Dialect.IsOneOf("code", 2)}")
                .Add(book.Value).AddKeys(needs.AccountCodes.Select(code => code.Value))
                .Read(each => accountCodes.Add(AccountCode.Parse(each.Text(0)), each.Int64(1))));
        }

        // The row last: where each statement sees what is committed then, it shows that nothing was written before it.
        queries.Add(new Query(BookRows.Select).Add(book.Value).Read(each => row = BookRows.Read(each)));
        await ReadAsync(Lane.Lookups, isSnapshot: false, queries, cancellationToken).ConfigureAwait(false);
        var facts = new LookedUp
        {
            Accounts = accounts,
            Customers = customers,
            CustomerCodes = customerCodes,
            AccountCodes = accountCodes,
            Keys = keys,
            Holds = holds,
            Originals = originals,
            Due = due,
        };
        return new Found(row, facts);
    }

    /// <inheritdoc/>
    public virtual ValueTask<Instant?> ReadClockAsync(CancellationToken cancellationToken) => ValueTask.FromResult<Instant?>(null);

    /// <inheritdoc/>
    public async ValueTask<ApiKey?> FindKeyAsync(Digest digest, CancellationToken cancellationToken) =>
        await FirstAsync(
            Lane.Lookups,
            new Query(string.Join(
                " UNION ALL ",
                $"{KeyRows.SelectOfBooks} WHERE digest = $1",
                $"{KeyRows.SelectOfOperator} WHERE digest = $1",
                $"{KeyRows.SelectOfBooks} WHERE old_digest = $1",
                $"{KeyRows.SelectOfOperator} WHERE old_digest = $1 LIMIT 1"))
                .Add(digest.ToBytes()),
            KeyRows.Read,
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ApiKey>> ListKeysAsync(BookName? book, CancellationToken cancellationToken) =>
        await AllAsync(
            Lane.Pages,
            book is { } name
                ? new Query($"{KeyRows.SelectOfBooks} WHERE book = $1 ORDER BY name").Add(name.Value)
                : new Query($"{KeyRows.SelectOfOperator} ORDER BY name"),
            KeyRows.Read,
            cancellationToken).ConfigureAwait(false);

    /// <summary>Runs statements one after another and hands each row to its statement's reader.</summary>
    /// <param name="lane">Whom it waits for.</param>
    /// <param name="isSnapshot">Whether all of them see the same moment. Otherwise a later one may see more.</param>
    /// <param name="queries">In this order.</param>
    /// <param name="cancellationToken">Looked at before it begins; what was begun is short.</param>
    protected abstract Task ReadAsync(Lane lane, bool isSnapshot, IReadOnlyList<Query> queries, CancellationToken cancellationToken);

    /// <summary>Reads rows of a book and the number of its head as of the same moment; 0 where there is no such book.</summary>
    protected virtual async Task<long> ReadWithHeadAsync(Lane lane, BookName book, Query rows, CancellationToken cancellationToken)
    {
        long head = 0;
        await ReadAsync(
            lane,
            isSnapshot: true,
            [new Query(BookRows.SelectHead).Add(book.Value).Read(row => head = row.Int64(0)), rows],
            cancellationToken).ConfigureAwait(false);
        return head;
    }

    async Task<List<T>> AllAsync<T>(Lane lane, Query query, Func<IRow, T> read, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        await ReadAsync(lane, isSnapshot: false, [query.Read(row => items.Add(read(row)))], cancellationToken).ConfigureAwait(false);
        return items;
    }

    async Task<T?> FirstAsync<T>(Lane lane, Query query, Func<IRow, T> read, CancellationToken cancellationToken)
    {
        T? item = default;
        await ReadAsync(lane, isSnapshot: false, [query.Read(row => item = read(row))], cancellationToken).ConfigureAwait(false);
        return item;
    }

    async Task<long> HeadNumberAsync(BookName book, CancellationToken cancellationToken) =>
        await FirstAsync(Lane.Pages, new Query(BookRows.SelectHead).Add(book.Value), row => row.Int64(0), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>One item more than the page tells whether there is a next one.</summary>
    static Page<T> Cut<T>(List<T> items, int limit, Func<T, PageKey> key)
    {
        if (items.Count <= limit)
            return new Page<T>(items, null);
        items.RemoveRange(limit, items.Count - limit);
        return new Page<T>(items, key(items[^1]));
    }
}
