using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Writing;
using Npgsql;

namespace Kopeck.Postgres;

/// <summary>
/// Books in a PostgreSQL database, which any number of nodes share: the guard in every batch keeps them right. Each read is one round trip and
/// consistent in itself; no transaction outlives it.
/// </summary>
/// <param name="source">Connections, which the store does not dispose.</param>
public sealed partial class PostgresStore(PostgresSource source) : ILedgerStore
{
    static readonly string SelectBook = $"SELECT {PostgresRows.BookColumns} FROM books WHERE book = $1";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await accounts.DisposeAsync();

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<BookRow>> ListBooksAsync(CancellationToken cancellationToken) =>
        await ReadAllAsync(new NpgsqlBatchCommand($"SELECT {PostgresRows.BookColumns} FROM books ORDER BY book"), row => PostgresRows.Book(row, 0), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<BookRow?> FindBookAsync(BookName book, CancellationToken cancellationToken) =>
        await ReadOneAsync(new NpgsqlBatchCommand(SelectBook).Add(book.Value), row => PostgresRows.Book(row, 0), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<BookBase?> LoadBookAsync(BookName book, CancellationToken cancellationToken)
    {
        BookRow? row = null;
        var system = new List<Account>();
        var quotes = new List<Quote>();
        await ReadAsync(
            source,
            source.Data,
            InSnapshot(
                new NpgsqlBatchCommand(SelectBook).Add(book.Value),
                new NpgsqlBatchCommand($"SELECT {PostgresRows.AccountColumns} FROM accounts a WHERE a.book = $1 AND a.kind IN (3, 4)").Add(book.Value),
                new NpgsqlBatchCommand(SelectQuotesFromHead).Add(book.Value)),
            [
                reader => row = PostgresRows.Book(reader, 0),
                reader => system.Add(PostgresRows.Account(reader, 0)),
                reader => quotes.Add(PostgresRows.Quote(reader)),
            ],
            cancellationToken);
        return row is null ? null : new BookBase(row, system, quotes);
    }

    /// <inheritdoc/>
    public async ValueTask<Found> LookUpAsync(BookName book, Needs needs, CancellationToken cancellationToken)
    {
        BookRow? row = null;
        var found = new List<Account>(needs.Accounts.Count);
        var customers = new List<Customer>(needs.Customers.Count);
        var customerCodes = new Dictionary<CustomerCode, long>();
        var accountCodes = new Dictionary<AccountCode, long>();
        var keys = new Dictionary<KeyDigest, long>();
        var commands = new List<NpgsqlBatchCommand>();
        var readers = new List<Action<NpgsqlDataReader>>();
        void Ask<T>(ICollection<T> wanted, Func<NpgsqlBatchCommand> command, Action<NpgsqlDataReader> read)
        {
            if (wanted.Count == 0)
                return;
            commands.Add(command());
            readers.Add(read);
        }

        Ask(needs.Keys, () => new NpgsqlBatchCommand("SELECT digest, number FROM idempotency_keys WHERE book = $1 AND digest = ANY($2)").Add(book.Value).Add(needs.Keys.Select(key => key.ToBytes()).ToArray()),
            reader => keys.Add(KeyDigest.From(reader.GetFieldValue<byte[]>(0)), reader.GetInt64(1)));
        Ask(needs.Accounts, () => new NpgsqlBatchCommand($"SELECT {PostgresRows.AccountColumns} FROM accounts a WHERE a.book = $1 AND a.account = ANY($2)").Add(book.Value).Add(needs.Accounts.ToArray()),
            reader => found.Add(PostgresRows.Account(reader, 0)));
        Ask(needs.Customers, () => new NpgsqlBatchCommand($"SELECT {PostgresRows.CustomerColumns} FROM {PostgresRows.CustomerTables} WHERE c.book = $1 AND c.customer = ANY($2)").Add(book.Value).Add(needs.Customers.ToArray()),
            reader => customers.Add(PostgresRows.Customer(reader, 0)));
        Ask(needs.CustomerCodes, () => new NpgsqlBatchCommand("SELECT code, customer FROM personal_values WHERE book = $1 AND code = ANY($2) AND is_current").Add(book.Value).Add(needs.CustomerCodes.Select(code => code.Value).ToArray()),
            reader => customerCodes.Add(CustomerCode.Parse(reader.GetString(0)), reader.GetInt64(1)));
        Ask(needs.AccountCodes, () => new NpgsqlBatchCommand("SELECT code, account FROM accounts WHERE book = $1 AND code = ANY($2)").Add(book.Value).Add(needs.AccountCodes.Select(code => code.Value).ToArray()),
            reader => accountCodes.Add(AccountCode.Parse(reader.GetString(0)), reader.GetInt64(1)));
        // The row last, each command with its own snapshot: where it still shows the head that the caller knows, nothing was written before it.
        commands.Add(new NpgsqlBatchCommand(SelectBook).Add(book.Value));
        readers.Add(reader => row = PostgresRows.Book(reader, 0));
        await ReadAsync(source, source.Lookups, commands, readers, cancellationToken);
        return new Found(row, found, customers, customerCodes, accountCodes, keys);
    }

    static List<NpgsqlBatchCommand> InSnapshot(params ReadOnlySpan<NpgsqlBatchCommand> commands) =>
        [new("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"), .. commands, new("COMMIT")];

    async Task<List<T>> ReadAllAsync<T>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        await ReadAsync(source, source.Data, [command], [reader => items.Add(read(reader))], cancellationToken);
        return items;
    }

    async Task<T?> ReadOneAsync<T>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, NpgsqlDataSource? pool = null)
    {
        T? item = default;
        await ReadAsync(source, pool ?? source.Data, [command], [reader => item = read(reader)], cancellationToken);
        return item;
    }

    /// <summary>Runs commands in one round trip; each reader reads the rows of one command that returns any, in their order.</summary>
    static async Task ReadAsync(PostgresSource source, NpgsqlDataSource pool, IReadOnlyList<NpgsqlBatchCommand> commands, IReadOnlyList<Action<NpgsqlDataReader>> readers, CancellationToken cancellationToken)
    {
        if (await TryReadAsync(source, pool, commands, readers, isLast: false, cancellationToken))
            return;
        // A connection from the pool was gone before it answered anything; then the others are, too.
        pool.Clear();
        await TryReadAsync(source, pool, [.. commands.Select(command => command.Again())], readers, isLast: true, cancellationToken);
    }

    /// <summary>False when the connection was gone before any row was read.</summary>
    static async Task<bool> TryReadAsync(PostgresSource source, NpgsqlDataSource pool, IReadOnlyList<NpgsqlBatchCommand> commands, IReadOnlyList<Action<NpgsqlDataReader>> readers, bool isLast, CancellationToken cancellationToken)
    {
        var hasRead = false;
        var connection = await source.OpenAsync(pool, cancellationToken);
        try
        {
            await using var batch = new NpgsqlBatch(connection) { Timeout = ReadTimeoutSeconds };
            foreach (var command in commands)
                batch.BatchCommands.Add(command);
            await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
            var place = 0;
            do
            {
                if (rows.FieldCount == 0)
                    continue;
                while (await rows.ReadAsync(cancellationToken))
                {
                    hasRead = true;
                    readers[place](rows);
                }

                place++;
            }
            while (await rows.NextResultAsync(cancellationToken));
            return true;
        }
        catch (Exception exception) when (!isLast && !hasRead && PostgresFailures.IsGone(exception))
        {
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException && PostgresFailures.IsStorage(exception))
        {
            throw PostgresFailures.ToUnavailable(exception);
        }
        finally
        {
            await Commit.ReleaseAsync(connection);
        }
    }
}
