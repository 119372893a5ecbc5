using Kopeck.Engine.Reading;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite;

/// <summary>
/// The numbers of the operations that a list may show, in its order, a chunk at a time. Each source (an account's entries, its changes,
/// a customer's changes) gives its own next numbers from its index; they are merged without duplicates.
/// </summary>
sealed class OperationCandidates
{
    const int MinChunk = 64;
    const int MaxChunk = 4_096;

    readonly Connection connection;
    readonly string book;
    readonly bool isAscending;
    readonly List<(string Sql, long Id)> sources = [];
    readonly HashSet<long>? onlyKey;
    readonly HashSet<long>? onlyCustomerAccounts;
    readonly long? kind;
    readonly Queue<long> ready = new();
    long from;
    long to;
    int chunk = MinChunk;

    public OperationCandidates(Connection connection, BookName book, OperationFilter filter, PageRequest page, (long From, long To) range)
    {
        this.connection = connection;
        this.book = book.Value;
        isAscending = page.IsAscending;
        kind = (long?)filter.Kind;
        (from, to) = range;
        if (page.After is { First: var after })
            (from, to) = isAscending ? (Math.Max(from, after + 1), to) : (from, Math.Min(to, after));
        if (filter.Key is { } key)
            onlyKey = NumbersOf(key);
        if (filter.Account is { } account)
            AddAccount(account);
        if (filter.Customer is { } customer)
        {
            var wallets = WalletsOf(customer);
            if (filter.Account is null)
            {
                sources.Add(("SELECT number FROM customer_changes WHERE book = ?1 AND customer = ?2", customer));
                foreach (var wallet in wallets)
                    AddAccount(wallet);
            }
            else
            {
                onlyCustomerAccounts = wallets;
            }
        }
    }

    /// <summary>The next number; null at the end.</summary>
    public long? Next()
    {
        while (ready.Count == 0)
        {
            if (from >= to)
                return null;
            Fill();
        }

        return ready.Dequeue();
    }

    void AddAccount(long account)
    {
        sources.Add(("SELECT DISTINCT number FROM entries WHERE book = ?1 AND account = ?2", account));
        sources.Add(("SELECT number FROM account_changes WHERE book = ?1 AND account = ?2", account));
    }

    void Fill()
    {
        var numbers = new SortedSet<long>();
        // How far every source has been read: beyond it, a source may still have numbers that belong between.
        var horizon = isAscending ? to - 1 : from;
        foreach (var (sql, id) in sources.Count > 0 ? sources : [("SELECT number FROM operations WHERE book = ?1 AND (?2 = 0 OR kind = ?2)", kind ?? 0)])
        {
            using var rows = connection.Prepare($"{sql} AND number >= ?3 AND number < ?4 ORDER BY number {(isAscending ? "ASC" : "DESC")} LIMIT ?5").Bind(book).Bind(id).Bind(from).Bind(to).Bind(chunk);
            var count = 0;
            long last = 0;
            while (rows.Step())
            {
                last = rows.Int64(0);
                numbers.Add(last);
                count++;
            }

            if (count == chunk)
                horizon = isAscending ? Math.Min(horizon, last) : Math.Max(horizon, last);
        }

        foreach (var number in isAscending ? numbers : numbers.Reverse())
        {
            if (isAscending ? number > horizon : number < horizon)
                break;
            if (onlyKey?.Contains(number) != false && (onlyCustomerAccounts is null || TouchesCustomer(number)))
                ready.Enqueue(number);
        }

        (from, to) = isAscending ? (horizon + 1, to) : (from, horizon);
        chunk = Math.Min(MaxChunk, chunk * 2);
    }

    HashSet<long> NumbersOf(IdempotencyKey key)
    {
        using var row = connection.Prepare("SELECT number FROM idempotency_keys WHERE book = ?1 AND digest = ?2").Bind(book).Bind(KeyDigest.Of(key).ToBytes());
        if (!row.Step())
        {
            to = from;
            return [];
        }

        var last = row.Int64(0);
        using var group = connection.Prepare("SELECT number, group_number FROM operations WHERE book = ?1 AND number <= ?2 ORDER BY number DESC").Bind(book).Bind(last);
        var numbers = new HashSet<long>();
        while (group.Step() && group.Int64(1) == last)
            numbers.Add(group.Int64(0));
        (from, to) = (Math.Max(from, last - numbers.Count + 1), Math.Min(to, last + 1));
        return numbers;
    }

    HashSet<long> WalletsOf(long customer)
    {
        using var rows = connection.Prepare("SELECT account FROM accounts WHERE book = ?1 AND customer = ?2").Bind(book).Bind(customer);
        var wallets = new HashSet<long>();
        while (rows.Step())
            wallets.Add(rows.Int64(0));
        return wallets;
    }

    bool TouchesCustomer(long number)
    {
        foreach (var wallet in onlyCustomerAccounts!)
        {
            using var row = connection.Prepare(
                "SELECT 1 FROM entries WHERE book = ?1 AND account = ?2 AND number = ?3 UNION ALL SELECT 1 FROM account_changes WHERE book = ?1 AND account = ?2 AND number = ?3 LIMIT 1")
                .Bind(book).Bind(wallet).Bind(number);
            if (row.Step())
                return true;
        }

        return false;
    }
}
