using Kopeck.Engine;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Connections;
using Kopeck.Postgres.Sql;
using Kopeck.Postgres.Writing;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;
using Npgsql;

namespace Kopeck.Postgres;

/// <content>How reads are carried out: each in one round trip, and single accounts gathered.</content>
public sealed partial class PostgresStore
{
    // Where the server does not end a statement itself, since it does not answer at all.
    const int AnswerTimeoutSeconds = 15;

    const int RowsInPlace = 32;

    const string BeginSnapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    // The book's row first and whatever is found beside it: the answer says what it is as of also when nothing is found. At the head that
    // the caller knows ($3, $4), only the accounts that he does not ($5).
    const string SelectAccounts = $"""
        SELECT b.head_number, b.head_number = $3 AND b.head_hash = $4, {AccountRows.Columns}
        FROM books b LEFT JOIN accounts a ON a.book = $1 AND a.account = ANY(CASE WHEN b.head_number = $3 AND b.head_hash = $4 THEN $5 ELSE $2 END)
        WHERE b.book = $1
        """;

    /// <inheritdoc/>
    public override async ValueTask<AsOf<Account?>> GetAccountAsync(
        BookName book, long account, long? at, CancellationToken cancellationToken) =>
        at is not { } number
            ? await accounts.FindAsync(book, account, null, cancellationToken).ConfigureAwait(false)
            : await PastAsync(
                book, number, store => store.GetAccountAsync(book, account, at, cancellationToken),
                () => base.GetAccountAsync(book, account, at, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask<AsOf<Account?>> GetAccountNowAsync(
        BookName book, long account, KnownAccounts known, CancellationToken cancellationToken) =>
        await accounts.FindAsync(book, account, known, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// One round trip. A caller that goes away is noticed before it and after it: what was sent for is read to its end, and it is short.
    /// </summary>
    protected override Task ReadAsync(Lane lane, bool isSnapshot, IReadOnlyList<Query> queries, CancellationToken cancellationToken) =>
        servers.IsOne
            ? ReadAsync(servers.Home, lane, isSnapshot, queries, cancellationToken)
            : servers.AtAsync(queries[0].Book, async server =>
            {
                await ReadAsync(server, lane, isSnapshot, queries, cancellationToken).ConfigureAwait(false);
                return true;
            });

    static Task ReadAsync(
        PostgresSource server, Lane lane, bool isSnapshot, IReadOnlyList<Query> queries, CancellationToken cancellationToken) =>
        ReadAsync(server, lane == Lane.Lookups ? server.Lookups : server.Data, isSnapshot, queries, cancellationToken);

    /// <summary>
    /// One statement, and so one snapshot wherever its tables are: the book's row first and whatever is found beside it.
    /// </summary>
    protected override async Task<long> ReadWithHeadAsync(Lane lane, BookName book, Query rows, CancellationToken cancellationToken)
    {
        long head = 0;
        var query = new Query($"SELECT b.head_number, found.* FROM books b LEFT JOIN ({rows.Text}) found ON TRUE WHERE b.book = $1");
        foreach (var value in rows.Values)
            query.Add(value);
        query.Read(row =>
        {
            head = row.Int64(0);
            // Its own key is the first column of every row.
            if (!row.IsNull(1))
                rows.OnRow(new LaterColumns(row, 1));
        });
        await ReadAsync(lane, isSnapshot: false, [query], cancellationToken).ConfigureAwait(false);
        return head;
    }

    /// <param name="first">What is looked at on the same connection before, if any; it throws where this server is not to answer.</param>
    internal static async Task ReadAsync(
        PostgresSource source, ReadPool pool, bool isSnapshot, IReadOnlyList<Query> queries, CancellationToken cancellationToken,
        Func<NpgsqlConnection, Task>? first = null)
    {
        await pool.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await TryReadAsync(source, pool, isSnapshot, queries, isLast: false, first, cancellationToken).ConfigureAwait(false))
            {
                // A connection from the pool was gone before it answered anything; then the others are, too.
                pool.Source.Clear();
                await TryReadAsync(source, pool, isSnapshot, queries, isLast: true, first, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            pool.Leave();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>False when the connection was gone before any row was read.</summary>
    static async Task<bool> TryReadAsync(
        PostgresSource source, ReadPool pool, bool isSnapshot, IReadOnlyList<Query> queries, bool isLast,
        Func<NpgsqlConnection, Task>? first, CancellationToken gone)
    {
        var count = 0;
        var connection = await source.OpenAsync(pool.Source).ConfigureAwait(false);
        try
        {
            if (first is not null)
                await first(connection).ConfigureAwait(false);
            await using var batch = new NpgsqlBatch(connection) { Timeout = AnswerTimeoutSeconds };
            // One statement is a snapshot by itself.
            var isWrapped = isSnapshot && queries.Count > 1;
            if (isWrapped)
                batch.BatchCommands.Add(new NpgsqlBatchCommand(BeginSnapshot));
            foreach (var query in queries)
                batch.BatchCommands.Add(query.ToCommand());
            if (isWrapped)
                batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            await using var rows = await batch.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            var row = new PostgresRow(rows);
            var place = 0;
            do
            {
                if (rows.FieldCount == 0)
                    continue;
                while (!gone.IsCancellationRequested && await rows.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                {
                    // Whatever is made of a long read is made in the thread pool, too: its caller goes on from here.
                    if (count++ % RowsInPlace == 0 && pool.IsLong)
                        await EventThread.LeaveAsync().ConfigureAwait(false);
                    queries[place].OnRow(row);
                }

                place++;
            }
            while (!gone.IsCancellationRequested && await rows.NextResultAsync(CancellationToken.None).ConfigureAwait(false));
            if (pool.IsLong)
                await EventThread.LeaveAsync().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (!isLast && count == 0 && PostgresFailures.IsGone(exception))
        {
            return false;
        }
        catch (Exception exception) when (PostgresFailures.IsStorage(exception))
        {
            throw PostgresFailures.ToUnavailable(exception);
        }
        finally
        {
            await Commit.ReleaseAsync(connection).ConfigureAwait(false);
        }
    }

    static async Task<AsOf<Dictionary<long, Account>>> FindAccountsAsync(
        PostgresSource source, BookName book, long[] wanted, KnownAccounts? known, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, Account>(wanted.Length);
        var knownAt = known?.Find(wanted, found);
        var read = new List<Account>();
        var isStillThere = false;
        long head = 0;
        await ReadAsync(
            source,
            source.Lookups,
            isSnapshot: false,
            [
                new Query(SelectAccounts).Add(book.Value).AddKeys(wanted)
                    .Add(knownAt?.Number ?? 0).Add(knownAt?.Hash.ToBytes() ?? [])
                        .AddKeys(Array.FindAll(wanted, id => !found.ContainsKey(id)))
                    .Read(row =>
                    {
                        head = row.Int64(0);
                        isStillThere = row.Boolean(1);
                        if (!row.IsNull(2))
                            read.Add(AccountRows.Read(row, 2));
                    }),
            ],
            cancellationToken).ConfigureAwait(false);
        if (!isStillThere)
            found.Clear();
        else if (knownAt is { } at)
            known!.Add(at, read);
        foreach (var account in read)
            found.Add(account.Id, account);
        return new AsOf<Dictionary<long, Account>>(found, head);
    }
}
