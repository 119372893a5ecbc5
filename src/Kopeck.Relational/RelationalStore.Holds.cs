using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Relational.Reading;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational;

/// <content>Reads of holds.</content>
public abstract partial class RelationalStore
{
    // What is written about a hold is written with an entry of it; how it left the hold stands in its body.
    static readonly string SelectLastOfHold = $"""
        {OperationRows.Select} AND o.number = (
          SELECT e.number FROM hold_entries e WHERE e.book = $1 AND e.hold = $2 AND e.number <= $3 ORDER BY e.number DESC LIMIT 1)
        """;

    /// <inheritdoc/>
    public virtual async ValueTask<IReadOnlyCollection<BookName>> FindBooksWithDueHoldsAsync(
        Instant until, CancellationToken cancellationToken) =>
        await AllAsync(
            Lane.Lookups,
            new Query("SELECT b.book FROM books b WHERE EXISTS (SELECT 1 FROM holds h WHERE h.book = b.book AND h.due_at <= $1)")
                .Add(until.Microseconds),
            row => BookName.Parse(row.Text(0)),
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public virtual async ValueTask<AsOf<Hold?>> GetHoldAsync(BookName book, long hold, long? at, CancellationToken cancellationToken)
    {
        long head = 0;
        Hold? found = null;
        var captures = new List<HoldCapture>();
        var upTo = at ?? long.MaxValue;
        await ReadAsync(
            Lane.Lookups,
            isSnapshot: true,
            [
                new Query(BookRows.SelectHead).Add(book.Value).Read(row => head = row.Int64(0)),
                new Query($"{HoldRows.Select} AND h.hold = $2").Add(book.Value).Add(hold).Read(row => found = HoldRows.Read(row)),
                new Query(HoldRows.SelectCaptures(Dialect)).Add(book.Value).AddKeys([hold]).Add(upTo)
                    .Read(row => captures.Add(HoldRows.ReadCapture(row).Capture)),
            ],
            cancellationToken).ConfigureAwait(false);
        var number = Math.Min(upTo, head);
        if (found is null || hold > number)
            return new AsOf<Hold?>(null, number);
        if (found.Changed > number)
        {
            // What was written does not change: it need not be of the same snapshot.
            var query = new Query(SelectLastOfHold).Add(book.Value).Add(hold).Add(number);
            var last = await FirstAsync(Lane.Lookups, query, OperationRows.Read, cancellationToken).ConfigureAwait(false);
            if (last is { Body: HoldBody body })
                found = found with { State = body.Change.After, Changed = last.Number };
        }

        return new AsOf<Hold?>(found with { Captures = [.. captures] }, number);
    }

    /// <inheritdoc/>
    public async ValueTask<AsOf<Page<Hold>>> ListHoldsAsync(
        BookName book, HoldFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var accounts = filter.Customer is { } owner ? await WalletsAsync(book, owner, cancellationToken).ConfigureAwait(false) : null;
        if (filter.Account is { } account)
            accounts = accounts?.Contains(account) is false ? [] : [account];
        var ids = accounts is { Count: 0 }
            ? []
            : await KeysAsync(book, page, [HoldSource(filter, accounts)], cancellationToken).ConfigureAwait(false);
        // A hold changes: what is shown is what was asked for in the same moment.
        var found = new Dictionary<long, Hold>(ids.Count);
        var head = await ReadWithHeadAsync(
            Lane.Pages,
            book,
            new Query($"{HoldRows.Select} AND {Dialect.IsOneOf("h.hold", 2)}").Add(book.Value).AddKeys(ids).Read(row =>
            {
                var hold = HoldRows.Read(row);
                if ((filter.Status is not { } status || hold.State.Status == status)
                    && (filter.ExpiresBefore is not { } end || hold.State.ExpiresAt < end))
                    found[hold.Id] = hold;
            }),
            cancellationToken).ConfigureAwait(false);
        return new AsOf<Page<Hold>>(PageOf(ids, found, page.Limit), head);
    }

    async Task<List<long>> WalletsAsync(BookName book, long customer, CancellationToken cancellationToken) =>
        await AllAsync(
            Lane.Pages,
            new Query("SELECT account FROM accounts WHERE book = $1 AND customer = $2").Add(book.Value).Add(customer),
            row => row.Int64(0),
            cancellationToken).ConfigureAwait(false);

    KeySource HoldSource(HoldFilter filter, List<long>? accounts)
    {
        // Accounts and receivers have an index in the order of the list; how a hold stands is looked at hold by hold.
        var isScan = filter.Status is not null || filter.ExpiresBefore is not null || filter.ToCash
            || (accounts is not null && filter.To is not null);
        var values = new Query("");
        var conditions = "";
        void Where(string column, string comparison, long value) =>
            conditions += $" AND {column} {comparison} ${4 + values.Add(value).Values.Count}";

        if (accounts is not null)
        {
            conditions += $" AND h.account = {Dialect.Key}";
            values.AddKeys(accounts);
        }

        if (filter.To is { } to)
            Where(accounts is null ? "h.receiver" : Dialect.Unindexed("h.receiver"), "=", to);
        if (filter.ToCash)
            conditions += " AND h.to_cash";
        if (filter.Status is { } status)
            Where("h.status", "=", (long)status);
        if (filter.ExpiresBefore is { } before)
            Where("h.expires_at", "<", before.Microseconds);
        var group = accounts is null ? "0" : Dialect.Key;
        var text = $"""
            SELECT {group} AS account, h.hold FROM holds h
            WHERE h.book = $1 AND h.hold >= $2 AND h.hold < $3{conditions} ORDER BY h.hold {KeySource.Direction} LIMIT $4
            """;
        return new KeySource(accounts is null ? text : Dialect.ForEach(text, 5, ValueKind.Number), values.Values, isScan);
    }
}
