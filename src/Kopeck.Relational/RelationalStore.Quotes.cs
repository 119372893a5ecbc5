using Kopeck.Engine.Reading;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Quotes;
using Kopeck.Relational.Rows;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational;

/// <content>Reads of quotes.</content>
public abstract partial class RelationalStore
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Quote>> GetNewestQuotesAsync(BookName book, DateOnly day, CancellationToken cancellationToken) =>
        await AllAsync(Lane.Pages, new Query(QuoteRows.SelectNewest(Dialect)).Add(book.Value).Add(day), QuoteRows.Read, cancellationToken)
            .ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<Page<Quote>> ListQuotesAsync(
        BookName book, string currency, DateOnly? since, DateOnly? until, PageRequest page, CancellationToken cancellationToken)
    {
        var (sign, order) = page.IsAscending ? (">", "ASC") : ("<", "DESC");
        var after = page.After is null ? "" : $" AND (q.date, q.revision) {sign} ($6, $7)";
        var query = new Query($"""
            SELECT {QuoteRows.Columns(Dialect)} FROM quotes q
            WHERE q.book = $1 AND q.currency = $2 AND q.date >= $3 AND q.date < $4{after}
            ORDER BY q.date {order}, q.revision {order} LIMIT $5
            """)
            .Add(book.Value).Add(currency).Add(since ?? DateOnly.MinValue).Add(until ?? DateOnly.MaxValue).Add(page.Limit + 1);
        if (page.After is { } key)
            query.Add(DateOnly.FromDayNumber((int)key.First)).Add(key.Second);
        return Cut(
            await AllAsync(Lane.Pages, query, QuoteRows.Read, cancellationToken).ConfigureAwait(false),
            page.Limit,
            quote => new PageKey(quote.Date.DayNumber, quote.Revision));
    }
}
