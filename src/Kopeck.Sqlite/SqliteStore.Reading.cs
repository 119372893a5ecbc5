using System.Globalization;
using System.Text;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Reference;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite;

/// <content>Reads of accounts and customers.</content>
public sealed partial class SqliteStore
{
    // No name holds U+10FFFF: a noncharacter. So it ends the range of what starts with a prefix.
    const string AfterAnyText = "\U0010FFFF";

    /// <inheritdoc/>
    public async ValueTask<AsOf<Account?>> GetAccountAsync(BookName book, long account, long? at, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                var head = HeadNumber(connection, book);
                using var row = connection.Prepare($"SELECT {SqliteRows.AccountColumns} FROM accounts WHERE book = ?1 AND account = ?2").Bind(book.Value).Bind(account);
                var found = row.Step() ? SqliteRows.Account(row) : null;
                return at is { } number && number < head
                    ? new AsOf<Account?>(found is null || number < account ? null : AsOfNumber(connection, book, found, number), number)
                    : new AsOf<Account?>(found, head);
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AsOf<Account?>> GetAccountNowAsync(BookName book, long account, KnownAccounts known, CancellationToken cancellationToken) =>
        GetAccountAsync(book, account, at: null, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<AsOf<Page<Account>>> ListAccountsAsync(BookName book, AccountFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                var query = new ListQuery($"SELECT {SqliteRows.AccountColumns} FROM accounts", "book", book.Value);
                query.Where("kind", (long?)filter.Kind).Where("currency", filter.Currency).Where("code", filter.Code?.Value).Where("customer", filter.Customer);
                query.Page("account", page);
                using var rows = query.Prepare(connection);
                return new AsOf<Page<Account>>(Cut(ReadAll(rows, SqliteRows.Account), page.Limit, account => new PageKey(account.Id)), HeadNumber(connection, book));
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<AsOf<Customer?>> GetCustomerAsync(BookName book, long customer, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                using var row = connection.Prepare($"SELECT {SqliteRows.CustomerColumns} FROM {SqliteRows.CustomerTables} WHERE c.book = ?1 AND c.customer = ?2").Bind(book.Value).Bind(customer);
                return new AsOf<Customer?>(row.Step() ? SqliteRows.Customer(row) : null, HeadNumber(connection, book));
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<AsOf<Page<Customer>>> ListCustomersAsync(BookName book, CustomerFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                var query = new ListQuery($"SELECT {SqliteRows.CustomerColumns} FROM {SqliteRows.CustomerTables}", "c.book", book.Value);
                query.Where("p.code", filter.Code?.Value).Where("c.country", filter.Country?.Value);
                if (filter.NamePrefix is { } prefix)
                {
                    var folded = TextFold.Fold(prefix);
                    query.Where("p.name_folded >= ", folded, isOperator: true).Where("p.name_folded < ", folded + AfterAnyText, isOperator: true);
                }

                query.Page("c.customer", page);
                using var rows = query.Prepare(connection);
                return new AsOf<Page<Customer>>(Cut(ReadAll(rows, SqliteRows.Customer), page.Limit, customer => new PageKey(customer.Id)), HeadNumber(connection, book));
            },
            cancellationToken);

    /// <summary>One item more than the page tells whether there is a next one.</summary>
    static Page<T> Cut<T>(List<T> items, int limit, Func<T, PageKey> key)
    {
        if (items.Count <= limit)
            return new Page<T>(items, null);
        items.RemoveRange(limit, items.Count - limit);
        return new Page<T>(items, key(items[^1]));
    }

    static long HeadNumber(Connection connection, BookName book)
    {
        using var row = connection.Prepare("SELECT head_number FROM books WHERE book = ?1").Bind(book.Value);
        return row.Step() ? row.Int64(0) : 0;
    }

    static Account AsOfNumber(Connection connection, BookName book, Account account, long number)
    {
        using (var change = connection.Prepare("SELECT status, floor FROM account_changes WHERE book = ?1 AND account = ?2 AND number <= ?3 ORDER BY number DESC LIMIT 1")
            .Bind(book.Value).Bind(account.Id).Bind(number))
        {
            if (change.Step())
                account = account with { Status = (AccountStatus)change.Int64(0), Floor = change.OptionalInt64(1) };
        }

        using var entry = connection.Prepare("SELECT balance FROM entries WHERE book = ?1 AND account = ?2 AND number <= ?3 ORDER BY number DESC, place DESC LIMIT 1")
            .Bind(book.Value).Bind(account.Id).Bind(number);
        return account with { Posted = entry.Step() ? entry.Int64(0) : 0 };
    }

    /// <summary>A list's statement: only the conditions that are asked for, so that SQLite chooses the index for them.</summary>
    sealed class ListQuery(string select, string bookColumn, string book)
    {
        readonly StringBuilder sql = new($"{select} WHERE {bookColumn} = ?1");
        readonly List<object> values = [book];

        public ListQuery Where(string column, object? value, bool isOperator = false)
        {
            if (value is null)
                return this;
            values.Add(value);
            sql.Append(CultureInfo.InvariantCulture, $" AND {column}{(isOperator ? "" : " = ")}?{values.Count}");
            return this;
        }

        public void Page(string column, PageRequest page)
        {
            if (page.After is { } after)
                Where(column + (page.IsAscending ? " > " : " < "), after.First, isOperator: true);
            sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {column} {(page.IsAscending ? "ASC" : "DESC")} LIMIT {page.Limit + 1}");
        }

        public Statement Prepare(Connection connection)
        {
            var statement = connection.Prepare(sql.ToString());
            foreach (var value in values)
                _ = value is long number ? statement.Bind(number) : statement.Bind((string)value);
            return statement;
        }
    }
}
