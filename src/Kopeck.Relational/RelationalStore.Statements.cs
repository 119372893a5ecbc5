using System.Globalization;
using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reference;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational;

/// <content>Reads of statements and reports. Each is one statement, and so one snapshot.</content>
public abstract partial class RelationalStore
{
    // An erasure says nothing of the country: the change before it does.
    static readonly string SelectCustomerAsOf = $"""
        SELECT o.kind, o.body, s.is_erased, (SELECT max(last.number) FROM customer_changes last WHERE last.book = $1 AND last.customer = $2 AND last.number <= $3), p.customer{CustomerRows.Personal("p")}
        FROM customer_changes c
        JOIN customers s ON s.book = $1 AND s.customer = c.customer
        JOIN operations o ON o.book = $1 AND o.number = c.number
        LEFT JOIN personal_values p ON p.book = $1 AND p.number = c.number
        WHERE c.book = $1 AND c.customer = $2 AND c.number <= $3 AND o.kind <> {(int)OperationKind.CustomerErased} ORDER BY c.number DESC LIMIT 1
        """;

    const string SelectNamed = """
        SELECT p.customer FROM personal_values p
        WHERE p.book = $1 AND p.name_folded BETWEEN $2 AND $3 AND p.number <= $4
          AND NOT EXISTS (SELECT 1 FROM personal_values q WHERE q.book = $1 AND q.customer = p.customer AND q.number > p.number AND q.number <= $4)
        ORDER BY p.name_folded, p.number LIMIT $5
        """;

    const string SelectParties = """
        SELECT a.account, a.kind, a.code, a.currency, a.minor_units, a.customer, p.name, p.code
        FROM accounts a LEFT JOIN personal_values p ON p.book = $1
          AND p.number = (SELECT max(q.number) FROM personal_values q WHERE q.book = $1 AND q.customer = a.customer AND q.number <= $3)
        WHERE a.book = $1 AND 
        """;

    // The stored parts of an operation with many legs are long, and each of its entries would read them: only the first on the page does.
    static readonly string Long = string.Create(
        CultureInfo.InvariantCulture, $"({(int)OperationKind.Posting}, {(int)OperationKind.Capture}, {(int)OperationKind.Reversal})");

    static readonly string SelectEntries = $"""
        SELECT e.number, e.place, o.at, o.kind,
               CASE WHEN o.kind IN {Long} AND e.number = e.before THEN NULL ELSE o.body END,
               CASE WHEN o.kind = {(int)OperationKind.Posting} OR (o.kind IN {Long} AND e.number = e.before) THEN NULL ELSE o.entries END, e.amount, e.balance
        FROM (SELECT number, place, amount, balance, lag(number) OVER (ORDER BY number, place) AS before
              FROM (SELECT number, place, amount, balance FROM entries
                    WHERE book = $1 AND account = $2 AND (number, place) > ($3, $4) AND number <= $5 ORDER BY number, place LIMIT $6) page) e
        CROSS JOIN operations o
        WHERE o.book = $1 AND o.number = e.number
        ORDER BY e.number, e.place
        """;

    // A sum may leave 64 bits where no amount does: in two parts, neither does.
    const long SumPart = 1_000_000_000;

    static readonly string SumEntries = $"""
        SELECT {Dialect.Key},
               count(*) FILTER (WHERE amount >= 0), CAST(sum(amount / {SumPart}) FILTER (WHERE amount >= 0) AS bigint), CAST(sum(amount % {SumPart}) FILTER (WHERE amount >= 0) AS bigint),
               count(*) FILTER (WHERE amount < 0), CAST(sum(amount / {SumPart}) FILTER (WHERE amount < 0) AS bigint), CAST(sum(amount % {SumPart}) FILTER (WHERE amount < 0) AS bigint)
        FROM entries WHERE book = $1 AND account = {Dialect.Key} AND number > $3 AND number <= $4
        """;

    /// <inheritdoc/>
    public virtual async ValueTask<Customer?> GetCustomerAsOfAsync(
        BookName book, long customer, long at, CancellationToken cancellationToken) =>
        await FirstAsync(
            Lane.Pages,
            new Query(SelectCustomerAsOf).Add(book.Value).Add(customer).Add(at),
            row => new Customer
            {
                Id = customer,
                Country = ((CustomerValues)BodyCodec.Read((OperationKind)row.Int64(0), row.Bytes(1))).Country,
                IsErased = row.Boolean(2),
                Changed = row.Int64(3),
                Details = row.IsNull(4) ? null : CustomerRows.Details(row, 5),
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public virtual async ValueTask<IReadOnlyList<long>> FindCustomersByNameAsync(
        BookName book, string name, bool isPrefix, long at, int limit, CancellationToken cancellationToken)
    {
        var folded = TextFold.Fold(name);
        return await AllAsync(
            Lane.Pages,
            new Query(SelectNamed).Add(book.Value).Add(folded).Add(isPrefix ? folded + AfterAnyText : folded).Add(at).Add(limit),
            row => row.Int64(0),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public virtual async ValueTask<IReadOnlyList<Party>> ReadPartiesAsync(
        BookName book, IReadOnlyCollection<long> accounts, long at, CancellationToken cancellationToken) =>
        await AllAsync(
            Lane.Pages,
            new Query(SelectParties + Dialect.IsOneOf("a.account", 2)).Add(book.Value).AddKeys(accounts).Add(at),
            row => new Party(
                row.Int64(0),
                (AccountKind)row.Int64(1),
                row.OptionalText(2) is { } code ? AccountCode.Parse(code) : null,
                new Currency(string.Intern(row.Text(3)), (int)row.Int64(4)),
                row.OptionalInt64(5),
                row.OptionalText(6) is { } name ? CustomerName.Parse(name) : null,
                row.OptionalText(7) is { } customerCode ? CustomerCode.Parse(customerCode) : null),
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public virtual async ValueTask<IReadOnlyList<AccountEntry>> ReadEntriesAsync(
        BookName book, long account, EntryKey after, long upTo, int limit, CancellationToken cancellationToken)
    {
        var parser = new AccountEntryParser(account);
        return await AllAsync(
            Lane.Pages,
            new Query(SelectEntries).Add(book.Value).Add(account).Add(after.Number).Add(after.Place).Add(upTo).Add(limit),
            row =>
            {
                if (row.Int64(0) is var number && parser.IsNew(number))
                    parser.Begin(number, (OperationKind)row.Int64(3), row.Bytes(4), row.IsNull(5) ? [] : row.Bytes(5));
                return parser.Entry((int)row.Int64(1), new Instant(row.Int64(2)), row.Int64(6), row.Int64(7));
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public virtual async ValueTask<IReadOnlyDictionary<long, EntrySums>> SumEntriesAsync(
        BookName book, IReadOnlyCollection<long> accounts, long after, long upTo, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<long, EntrySums>(accounts.Count);
        await ReadAsync(
            Lane.Pages,
            isSnapshot: false,
            [
                new Query(Dialect.ForEach(SumEntries, 2, ValueKind.Number)).Add(book.Value).AddKeys(accounts).Add(after).Add(upTo)
                    .Read(row =>
                {
                    var sum = new EntrySums(
                        row.Int64(1), Wide(row.OptionalInt64(2), row.OptionalInt64(3)), row.Int64(4),
                        Wide(row.OptionalInt64(5), row.OptionalInt64(6)));
                    if (sum != default)
                        sums[row.Int64(0)] = sum;
                }),
            ],
            cancellationToken).ConfigureAwait(false);
        return sums;
    }

    static Int128 Wide(long? parts, long? rest) => (Int128)(parts ?? 0) * SumPart + (rest ?? 0);
}
