using Kopeck.Engine.Reading;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Quotes;
using Kopeck.Postgres.Writing;
using Npgsql;
using NpgsqlTypes;

namespace Kopeck.Postgres;

/// <content>Reads of quotes.</content>
public sealed partial class PostgresStore
{
    // From currency to currency along the primary key, whatever the length of their history.
    const string Currencies = """
        WITH RECURSIVE quoted AS (
          (SELECT currency FROM quotes WHERE book = $1 ORDER BY currency LIMIT 1)
          UNION ALL
          SELECT (SELECT q.currency FROM quotes q WHERE q.book = $1 AND q.currency > quoted.currency ORDER BY q.currency LIMIT 1) FROM quoted WHERE quoted.currency IS NOT NULL)
        """;

    const string SelectNewestQuotes = $"""
        {Currencies}
        SELECT {PostgresRows.QuoteColumns}
        FROM quoted CROSS JOIN LATERAL (SELECT * FROM quotes WHERE book = $1 AND currency = quoted.currency AND date <= $2 ORDER BY date DESC, revision DESC LIMIT 1) q
        ORDER BY q.currency
        """;

    // For each currency all dates from the one in force at the head's instant on, the newest revision of each.
    const string SelectQuotesFromHead = $"""
        {Currencies}
        SELECT DISTINCT ON (q.currency, q.date) {PostgresRows.QuoteColumns}
        FROM quoted CROSS JOIN quotes q
        WHERE q.book = $1 AND q.currency = quoted.currency AND q.date >= coalesce((
            SELECT newest.date FROM quotes newest
            WHERE newest.book = $1 AND newest.currency = quoted.currency
              AND newest.date <= (SELECT (timestamp '1970-01-01' + head_at * interval '1 microsecond')::date FROM books WHERE book = $1)
            ORDER BY newest.date DESC LIMIT 1), '-infinity')
        ORDER BY q.currency, q.date, q.revision DESC
        """;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Quote>> GetNewestQuotesAsync(BookName book, DateOnly day, CancellationToken cancellationToken) =>
        await ReadAllAsync(new NpgsqlBatchCommand(SelectNewestQuotes).Add(book.Value).Add(day), PostgresRows.Quote, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Page<Quote>> ListQuotesAsync(BookName book, string currency, DateOnly? since, DateOnly? until, PageRequest page, CancellationToken cancellationToken)
    {
        var (sign, order) = page.IsAscending ? (">", "ASC") : ("<", "DESC");
        var items = await ReadAllAsync(
            new NpgsqlBatchCommand($"""
                SELECT {PostgresRows.QuoteColumns} FROM quotes q
                WHERE q.book = $1 AND q.currency = $2 AND ($3::date IS NULL OR q.date >= $3) AND ($4::date IS NULL OR q.date < $4) AND ($5::date IS NULL OR (q.date, q.revision) {sign} ($5, $6))
                ORDER BY q.date {order}, q.revision {order} LIMIT {PostgresRows.Text(page.Limit + 1)}
                """)
                .Add(book.Value).Add(currency).AddOptional(since, NpgsqlDbType.Date).AddOptional(until, NpgsqlDbType.Date)
                .AddOptional(page.After is { } after ? DateOnly.FromDayNumber((int)after.First) : (DateOnly?)null, NpgsqlDbType.Date).Add(page.After?.Second ?? 0L),
            PostgresRows.Quote,
            cancellationToken);
        return Cut(items, page.Limit, quote => new PageKey(quote.Date.DayNumber, quote.Revision));
    }
}
