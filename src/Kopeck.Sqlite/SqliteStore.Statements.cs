using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reference;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite;

/// <content>Reads of statements and reports.</content>
public sealed partial class SqliteStore
{
    // Sums of up to a batch of entries may leave 64 bits, where SQLite's sum() fails: in two parts, neither does.
    const long SumPart = 1_000_000_000;

    static readonly string SelectCustomerAsOf = $"""
        SELECT o.kind, o.body, p.customer{SqliteRows.Personal("p")}
        FROM customer_changes c
        JOIN operations o ON o.book = c.book AND o.number = c.number
        LEFT JOIN personal_values p ON p.book = c.book AND p.number = c.number
        WHERE c.book = ?1 AND c.customer = ?2 AND c.number <= ?3 ORDER BY c.number DESC
        """;

    const string SelectNamed = """
        SELECT p.customer FROM personal_values p
        WHERE p.book = ?1 AND p.name_folded BETWEEN ?2 AND ?3 AND p.number <= ?4
          AND NOT EXISTS (SELECT 1 FROM personal_values q WHERE q.book = p.book AND q.customer = p.customer AND q.number > p.number AND q.number <= ?4)
        ORDER BY p.name_folded, p.number LIMIT ?5
        """;

    // The stored parts of a posting are long, and each of its entries would read them: only the first on the page does.
    static readonly string SelectEntries = $"""
        SELECT e.number, e.place, o.at, o.kind,
               CASE WHEN o.kind = {(int)OperationKind.Posting} AND EXISTS (
                 SELECT 1 FROM entries p WHERE p.book = e.book AND p.account = e.account AND p.number = e.number AND p.place < e.place AND (p.number, p.place) > (?3, ?4))
               THEN NULL ELSE o.body END,
               CASE WHEN o.kind = {(int)OperationKind.Posting} THEN NULL ELSE o.entries END, e.amount, e.balance
        FROM entries e CROSS JOIN operations o ON o.book = e.book AND o.number = e.number
        WHERE e.book = ?1 AND e.account = ?2 AND (e.number, e.place) > (?3, ?4) AND e.number <= ?5
        ORDER BY e.number, e.place LIMIT ?6
        """;

    /// <inheritdoc/>
    public async ValueTask<Customer?> GetCustomerAsOfAsync(BookName book, long customer, long at, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                using var current = connection.Prepare("SELECT is_erased FROM customers WHERE book = ?1 AND customer = ?2").Bind(book.Value).Bind(customer);
                if (!current.Step() || customer > at)
                    return null;
                using var rows = connection.Prepare(SelectCustomerAsOf).Bind(book.Value).Bind(customer).Bind(at);
                // An erasure says nothing of the country: the change before it does.
                while (rows.Step())
                {
                    if (Country(BodyJson.Parse((OperationKind)rows.Int64(0), rows.Bytes(1))) is { } country)
                        return new Customer { Id = customer, Country = country, Changed = customer, IsErased = current.Int64(0) != 0, Details = rows.IsNull(2) ? null : SqliteRows.Details(rows, 3) };
                }

                return null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<long>> FindCustomersByNameAsync(BookName book, string name, bool isPrefix, long at, int limit, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                var folded = TextFold.Fold(name);
                using var rows = connection.Prepare(SelectNamed).Bind(book.Value).Bind(folded).Bind(isPrefix ? folded + AfterAnyText : folded).Bind(at).Bind(limit);
                return ReadAll(rows, row => row.Int64(0));
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Party>> ReadPartiesAsync(BookName book, IReadOnlyCollection<long> accounts, long at, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                var parties = new List<Party>(accounts.Count);
                foreach (var account in accounts)
                {
                    using var row = connection.Prepare("""
                        SELECT a.kind, a.code, a.currency, a.minor_units, a.customer, p.name, p.code
                        FROM accounts a LEFT JOIN personal_values p ON p.book = a.book
                          AND p.number = (SELECT max(number) FROM personal_values q WHERE q.book = a.book AND q.customer = a.customer AND q.number <= ?3)
                        WHERE a.book = ?1 AND a.account = ?2
                        """).Bind(book.Value).Bind(account).Bind(at);
                    if (row.Step())
                    {
                        parties.Add(new Party(
                            account,
                            (AccountKind)row.Int64(0),
                            row.OptionalText(1) is { } code ? AccountCode.Parse(code) : null,
                            new Currency(string.Intern(row.Text(2)), (int)row.Int64(3)),
                            row.OptionalInt64(4),
                            row.OptionalText(5) is { } name ? CustomerName.Parse(name) : null,
                            row.OptionalText(6) is { } customerCode ? CustomerCode.Parse(customerCode) : null));
                    }
                }

                return parties;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AccountEntry>> ReadEntriesAsync(BookName book, long account, EntryKey after, long upTo, int limit, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                using var rows = connection.Prepare(SelectEntries).Bind(book.Value).Bind(account).Bind(after.Number).Bind(after.Place).Bind(upTo).Bind(limit);
                var parser = new AccountEntryParser(account);
                return ReadAll(rows, row =>
                {
                    if (row.Int64(0) is var number && parser.IsNew(number))
                        parser.Begin(number, (OperationKind)row.Int64(3), row.Bytes(4), row.IsNull(5) ? [] : row.Bytes(5));
                    return parser.Entry((int)row.Int64(1), new Instant(row.Int64(2)), row.Int64(6), row.Int64(7));
                });
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<long, EntrySums>> SumEntriesAsync(BookName book, IReadOnlyCollection<long> accounts, long after, long upTo, CancellationToken cancellationToken) =>
        await ReadAsync(connection => SumEntries(connection, book, accounts, after, upTo), cancellationToken);

    static Dictionary<long, EntrySums> SumEntries(Connection connection, BookName book, IReadOnlyCollection<long> accounts, long after, long upTo)
    {
        var sums = new Dictionary<long, EntrySums>(accounts.Count);
        foreach (var account in accounts)
        {
            // One row of sums: grouping would sort all entries in memory first.
            using var row = connection.Prepare("""
                SELECT count(*) FILTER (WHERE amount >= 0), sum(amount / ?5) FILTER (WHERE amount >= 0), sum(amount % ?5) FILTER (WHERE amount >= 0),
                       count(*) FILTER (WHERE amount < 0), sum(amount / ?5) FILTER (WHERE amount < 0), sum(amount % ?5) FILTER (WHERE amount < 0)
                FROM entries WHERE book = ?1 AND account = ?2 AND number > ?3 AND number <= ?4
                """).Bind(book.Value).Bind(account).Bind(after).Bind(upTo).Bind(SumPart);
            row.Step();
            var sum = new EntrySums(row.Int64(0), Wide(row.OptionalInt64(1), row.OptionalInt64(2)), row.Int64(3), Wide(row.OptionalInt64(4), row.OptionalInt64(5)));
            if (sum != default)
                sums.Add(account, sum);
        }

        return sums;
    }

    static Int128 Wide(long? parts, long? rest) => (Int128)(parts ?? 0) * SumPart + (rest ?? 0);

    static CountryCode? Country(OperationBody body) => body switch
    {
        CustomerRegistered registered => registered.Country,
        CustomerChanged changed => changed.Country,
        _ => null,
    };
}
