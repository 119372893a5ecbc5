using System.Globalization;
using System.Text;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Reference;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Reading;
using Kopeck.Postgres.Writing;
using Npgsql;

namespace Kopeck.Postgres;

/// <content>Reads of accounts and customers. Each is one statement, and so one snapshot.</content>
public sealed partial class PostgresStore
{
    const int ReadTimeoutSeconds = 10;

    // No name holds U+10FFFF: a noncharacter. So it ends the range of what starts with a prefix.
    const string AfterAnyText = "\U0010FFFF";

    // The book's row first and whatever is found beside it: the answer says what it is as of also when nothing is found. At the head that
    // the caller knows ($3, $4), only the accounts that he does not ($5).
    const string SelectAccounts = $"""
        SELECT b.head_number, b.head_number = $3 AND b.head_hash = $4, {PostgresRows.AccountColumns}
        FROM books b LEFT JOIN accounts a ON a.book = b.book AND a.account = ANY(CASE WHEN b.head_number = $3 AND b.head_hash = $4 THEN $5 ELSE $2 END)
        WHERE b.book = $1
        """;

    const string SelectAccountAt = $"""
        SELECT b.head_number, {PostgresRows.AccountColumns}, c.status, c.floor, e.balance
        FROM books b
        LEFT JOIN accounts a ON a.book = b.book AND a.account = $2
        LEFT JOIN LATERAL (SELECT status, floor FROM account_changes WHERE book = $1 AND account = $2 AND number <= $3 ORDER BY number DESC LIMIT 1) c ON true
        LEFT JOIN LATERAL (SELECT balance FROM entries WHERE book = $1 AND account = $2 AND number <= $3 ORDER BY number DESC, place DESC LIMIT 1) e ON true
        WHERE b.book = $1
        """;

    static readonly string SelectCustomer = $"""
        SELECT b.head_number, found.*
        FROM books b LEFT JOIN LATERAL (SELECT {Named(PostgresRows.CustomerColumns)} FROM {PostgresRows.CustomerTables} WHERE c.book = $1 AND c.customer = $2) found ON true
        WHERE b.book = $1
        """;

    readonly AccountReads accounts = new((book, wanted, known, cancellationToken) => FindAccountsAsync(source, book, wanted, known, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<AsOf<Account?>> GetAccountAsync(BookName book, long account, long? at, CancellationToken cancellationToken)
    {
        if (at is not { } number)
            return await accounts.FindAsync(book, account, null, cancellationToken);
        return await ReadOneAsync(
            new NpgsqlBatchCommand(SelectAccountAt).Add(book.Value).Add(account).Add(number),
            row =>
            {
                var head = row.GetInt64(0);
                var found = row.IsDBNull(1) ? null : PostgresRows.Account(row, 1);
                if (number >= head)
                    return new AsOf<Account?>(found, head);
                return new AsOf<Account?>(
                    found is null || number < account
                        ? null
                        : found with { Status = (AccountStatus)row.GetInt16(11), Floor = PostgresRows.OptionalInt64(row, 12), Posted = PostgresRows.OptionalInt64(row, 13) ?? 0 },
                    number);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<AsOf<Account?>> GetAccountNowAsync(BookName book, long account, KnownAccounts known, CancellationToken cancellationToken) =>
        await accounts.FindAsync(book, account, known, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<AsOf<Page<Account>>> ListAccountsAsync(BookName book, AccountFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var query = new ListQuery(PostgresRows.AccountColumns, "accounts a", "a.book", book.Value);
        query.Where("a.kind = ", (short?)filter.Kind).Where("a.currency = ", filter.Currency).Where("a.code = ", filter.Code?.Value).Where("a.customer = ", filter.Customer);
        return await ListAsync(query.Page("a.account", page), page.Limit, row => PostgresRows.Account(row, 1), account => new PageKey(account.Id), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<AsOf<Customer?>> GetCustomerAsync(BookName book, long customer, CancellationToken cancellationToken) =>
        await ReadOneAsync(
            new NpgsqlBatchCommand(SelectCustomer).Add(book.Value).Add(customer),
            row => new AsOf<Customer?>(row.IsDBNull(1) ? null : PostgresRows.Customer(row, 1), row.GetInt64(0)),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<AsOf<Page<Customer>>> ListCustomersAsync(BookName book, CustomerFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var query = new ListQuery(Named(PostgresRows.CustomerColumns), PostgresRows.CustomerTables, "c.book", book.Value);
        query.Where("p.code = ", filter.Code?.Value).Where("c.country = ", filter.Country?.Value);
        if (filter.NamePrefix is { } prefix)
        {
            var folded = TextFold.Fold(prefix);
            query.Where("p.name_folded >= ", folded).Where("p.name_folded < ", folded + AfterAnyText);
        }

        return await ListAsync(query.Page("c.customer", page), page.Limit, row => PostgresRows.Customer(row, 1), customer => new PageKey(customer.Id), cancellationToken);
    }

    static async Task<AsOf<Dictionary<long, Account>>> FindAccountsAsync(PostgresSource source, BookName book, long[] wanted, KnownAccounts? known, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, Account>(wanted.Length);
        var knownAt = known?.Find(wanted, found);
        var read = new List<Account>();
        var isStillThere = false;
        long head = 0;
        await ReadAsync(
            source,
            source.Lookups,
            [
                new NpgsqlBatchCommand(SelectAccounts).Add(book.Value).Add(wanted)
                    .Add(knownAt?.Number ?? 0).Add(knownAt?.Hash.ToBytes() ?? []).Add(Array.FindAll(wanted, id => !found.ContainsKey(id))),
            ],
            [
                row =>
                {
                    head = row.GetInt64(0);
                    isStillThere = row.GetBoolean(1);
                    if (!row.IsDBNull(2))
                        read.Add(PostgresRows.Account(row, 2));
                },
            ],
            cancellationToken);
        if (!isStillThere)
            found.Clear();
        else if (knownAt is { } at)
            known!.Add(at, read);
        foreach (var account in read)
            found.Add(account.Id, account);
        return new AsOf<Dictionary<long, Account>>(found, head);
    }

    async Task<AsOf<Page<T>>> ListAsync<T>(NpgsqlBatchCommand command, int limit, Func<NpgsqlDataReader, T> read, Func<T, PageKey> key, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        long head = 0;
        await ReadAsync(
            source,
            source.Data,
            [command],
            [
                row =>
                {
                    head = row.GetInt64(0);
                    if (!row.IsDBNull(1))
                        items.Add(read(row));
                },
            ],
            cancellationToken);
        return new AsOf<Page<T>>(Cut(items, limit, key), head);
    }

    /// <summary>One item more than the page tells whether there is a next one.</summary>
    static Page<T> Cut<T>(List<T> items, int limit, Func<T, PageKey> key)
    {
        if (items.Count <= limit)
            return new Page<T>(items, null);
        items.RemoveRange(limit, items.Count - limit);
        return new Page<T>(items, key(items[^1]));
    }

    /// <summary>Columns of two tables may have the same name; as those of a derived table they need others.</summary>
    static string Named(string columns) =>
        string.Join(", ", columns.Split(", ").Select((column, index) => string.Create(CultureInfo.InvariantCulture, $"{column} AS column_{index}")));

    /// <summary>A list's statement: only the conditions that are asked for, so that the planner chooses the index for them.</summary>
    sealed class ListQuery(string columns, string tables, string bookColumn, string book)
    {
        readonly StringBuilder conditions = new();
        readonly NpgsqlBatchCommand command = new NpgsqlBatchCommand().Add(book);

        public ListQuery Where<T>(string condition, T? value)
            where T : struct
        {
            if (value is { } given)
                Append(condition).Add(given);
            return this;
        }

        public ListQuery Where(string condition, string? value)
        {
            if (value is not null)
                Append(condition).Add(value);
            return this;
        }

        public NpgsqlBatchCommand Page(string column, PageRequest page)
        {
            if (page.After is { } after)
                Append(column + (page.IsAscending ? " > " : " < ")).Add(after.First);
            var order = page.IsAscending ? "ASC" : "DESC";
            command.CommandText = $"""
                SELECT b.head_number, found.*
                FROM books b LEFT JOIN LATERAL (SELECT {columns} FROM {tables} WHERE {bookColumn} = $1{conditions} ORDER BY {column} {order} LIMIT {PostgresRows.Text(page.Limit + 1)}) found ON true
                WHERE b.book = $1
                """;
            return command;
        }

        NpgsqlBatchCommand Append(string condition)
        {
            conditions.Append(CultureInfo.InvariantCulture, $" AND {condition}${command.Parameters.Count + 1}");
            return command;
        }
    }
}
