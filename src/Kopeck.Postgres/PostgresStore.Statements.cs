using System.Globalization;
using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reference;
using Kopeck.Postgres.Writing;
using Npgsql;

namespace Kopeck.Postgres;

/// <content>Reads of statements and reports. Each is one statement, and so one snapshot.</content>
public sealed partial class PostgresStore
{
    // An erasure says nothing of the country: the change before it does.
    static readonly string SelectCustomerAsOf = $"""
        SELECT o.kind, o.body, s.is_erased, p.customer{PostgresRows.Personal("p")}
        FROM customer_changes c
        JOIN customers s ON s.book = c.book AND s.customer = c.customer
        JOIN operations o ON o.book = c.book AND o.number = c.number
        LEFT JOIN personal_values p ON p.book = c.book AND p.number = c.number
        WHERE c.book = $1 AND c.customer = $2 AND c.number <= $3 AND o.kind <> {(int)OperationKind.CustomerErased} ORDER BY c.number DESC LIMIT 1
        """;

    const string SelectNamed = """
        SELECT p.customer FROM personal_values p
        WHERE p.book = $1 AND p.name_folded BETWEEN $2 AND $3 AND p.number <= $4
          AND NOT EXISTS (SELECT 1 FROM personal_values q WHERE q.book = p.book AND q.customer = p.customer AND q.number > p.number AND q.number <= $4)
        ORDER BY p.name_folded, p.number LIMIT $5
        """;

    const string SelectParties = """
        SELECT a.account, a.kind, a.code, a.currency, a.minor_units, a.customer, p.name, p.code
        FROM accounts a LEFT JOIN personal_values p ON p.book = a.book
          AND p.number = (SELECT max(q.number) FROM personal_values q WHERE q.book = a.book AND q.customer = a.customer AND q.number <= $3)
        WHERE a.book = $1 AND a.account = ANY($2)
        """;

    // The stored parts of a posting are long, and each of its entries would read them: only the first on the page does.
    static readonly string SelectEntries = $"""
        SELECT e.number, e.place, o.at, o.kind,
               CASE WHEN o.kind = {(int)OperationKind.Posting} AND e.is_further THEN NULL ELSE o.body END,
               CASE WHEN o.kind = {(int)OperationKind.Posting} THEN NULL ELSE o.entries END, e.amount, e.balance
        FROM (SELECT book, number, place, amount, balance, number IS NOT DISTINCT FROM lag(number) OVER (ORDER BY number, place) AS is_further
              FROM (SELECT book, number, place, amount, balance FROM entries
                    WHERE book = $1 AND account = $2 AND (number, place) > ($3, $4) AND number <= $5 ORDER BY number, place LIMIT $6) page) e
        JOIN operations o ON o.book = e.book AND o.number = e.number
        ORDER BY e.number, e.place
        """;

    const string SumEntries = """
        SELECT account, count(*) FILTER (WHERE amount >= 0), coalesce(sum(amount) FILTER (WHERE amount >= 0), 0)::text,
               count(*) FILTER (WHERE amount < 0), coalesce(sum(amount) FILTER (WHERE amount < 0), 0)::text
        FROM entries WHERE book = $1 AND account = ANY($2) AND number > $3 AND number <= $4 GROUP BY account
        """;

    /// <inheritdoc/>
    public async ValueTask<Customer?> GetCustomerAsOfAsync(BookName book, long customer, long at, CancellationToken cancellationToken) =>
        await ReadOneAsync(
            new NpgsqlBatchCommand(SelectCustomerAsOf).Add(book.Value).Add(customer).Add(at),
            row => new Customer
            {
                Id = customer,
                Country = BodyJson.Parse((OperationKind)row.GetInt16(0), row.GetFieldValue<byte[]>(1)) switch
                {
                    CustomerRegistered registered => registered.Country,
                    CustomerChanged changed => changed.Country,
                    var other => throw new FormatException($"A customer was changed by {other.Kind}"),
                },
                Changed = customer,
                IsErased = row.GetBoolean(2),
                Details = row.IsDBNull(3) ? null : PostgresRows.Details(row, 4),
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<long>> FindCustomersByNameAsync(BookName book, string name, bool isPrefix, long at, int limit, CancellationToken cancellationToken)
    {
        var folded = TextFold.Fold(name);
        return await ReadAllAsync(
            new NpgsqlBatchCommand(SelectNamed).Add(book.Value).Add(folded).Add(isPrefix ? folded + AfterAnyText : folded).Add(at).Add(limit),
            row => row.GetInt64(0),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Party>> ReadPartiesAsync(BookName book, IReadOnlyCollection<long> accounts, long at, CancellationToken cancellationToken) =>
        await ReadAllAsync(
            new NpgsqlBatchCommand(SelectParties).Add(book.Value).Add(accounts.ToArray()).Add(at),
            row => new Party(
                row.GetInt64(0),
                (AccountKind)row.GetInt16(1),
                PostgresRows.OptionalText(row, 2) is { } code ? AccountCode.Parse(code) : null,
                new Currency(string.Intern(row.GetString(3)), row.GetInt16(4)),
                PostgresRows.OptionalInt64(row, 5),
                PostgresRows.OptionalText(row, 6) is { } name ? CustomerName.Parse(name) : null,
                PostgresRows.OptionalText(row, 7) is { } customerCode ? CustomerCode.Parse(customerCode) : null),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AccountEntry>> ReadEntriesAsync(BookName book, long account, EntryKey after, long upTo, int limit, CancellationToken cancellationToken)
    {
        var parser = new AccountEntryParser(account);
        return await ReadAllAsync(
            new NpgsqlBatchCommand(SelectEntries).Add(book.Value).Add(account).Add(after.Number).Add((short)after.Place).Add(upTo).Add(limit),
            row =>
            {
                if (row.GetInt64(0) is var number && parser.IsNew(number))
                    parser.Begin(number, (OperationKind)row.GetInt16(3), row.GetFieldValue<byte[]>(4), row.IsDBNull(5) ? [] : row.GetFieldValue<byte[]>(5));
                return parser.Entry(row.GetInt16(1), new Instant(row.GetInt64(2)), row.GetInt64(6), row.GetInt64(7));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<long, EntrySums>> SumEntriesAsync(BookName book, IReadOnlyCollection<long> accounts, long after, long upTo, CancellationToken cancellationToken)
    {
        var rows = await ReadAllAsync(
            new NpgsqlBatchCommand(SumEntries).Add(book.Value).Add(accounts.ToArray()).Add(after).Add(upTo),
            row => (Account: row.GetInt64(0), Sums: new EntrySums(row.GetInt64(1), Wide(row.GetString(2)), row.GetInt64(3), Wide(row.GetString(4)))),
            cancellationToken);
        return rows.ToDictionary(row => row.Account, row => row.Sums);
    }

    static Int128 Wide(string digits) => Int128.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
