using Kopeck.Engine.Reading;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Quotes;
using Kopeck.Sqlite.Native;

namespace Kopeck.Sqlite;

/// <content>Reads of quotes.</content>
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Quote>> GetNewestQuotesAsync(BookName book, DateOnly day, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                var quotes = new List<Quote>();
                foreach (var currency in QuotedCurrencies(connection, book))
                {
                    if (FindNewest(connection, book, currency, day) is { } quote)
                        quotes.Add(quote);
                }

                return quotes;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Page<Quote>> ListQuotesAsync(BookName book, string currency, DateOnly? since, DateOnly? until, PageRequest page, CancellationToken cancellationToken) =>
        await ReadAsync(
            connection =>
            {
                var (sign, order) = page.IsAscending ? (">", "ASC") : ("<", "DESC");
                using var rows = connection.Prepare(
                    $"SELECT {SqliteRows.QuoteColumns} FROM quotes WHERE book = ?1 AND currency = ?2 AND date >= ?3 AND date < ?4 AND (?5 IS NULL OR (date, revision) {sign} (?5, ?6)) ORDER BY date {order}, revision {order} LIMIT ?7")
                    .Bind(book.Value).Bind(currency).Bind(since is { } first ? SqliteRows.Text(first) : "").Bind(until is { } end ? SqliteRows.Text(end) : "A")
                    .Bind(page.After is { } after ? SqliteRows.Text(DateOnly.FromDayNumber((int)after.First)) : null).Bind(page.After?.Second ?? 0).Bind(page.Limit + 1);
                return Cut(ReadAll(rows, SqliteRows.Quote), page.Limit, quote => new PageKey(quote.Date.DayNumber, quote.Revision));
            },
            cancellationToken);

    /// <summary>For each currency all dates from the one in force on a day on, the newest revision of each.</summary>
    static List<Quote> ReadQuotesFrom(Connection connection, BookName book, DateOnly day)
    {
        var quotes = new List<Quote>();
        foreach (var currency in QuotedCurrencies(connection, book))
        {
            var first = FindNewest(connection, book, currency, day)?.Date ?? DateOnly.MinValue;
            using var rows = connection.Prepare($"SELECT {SqliteRows.QuoteColumns} FROM quotes WHERE book = ?1 AND currency = ?2 AND date >= ?3 ORDER BY date, revision")
                .Bind(book.Value).Bind(currency).Bind(SqliteRows.Text(first));
            // A later revision of a date follows it and supersedes it.
            while (rows.Step())
            {
                var quote = SqliteRows.Quote(rows);
                if (quotes.Count > 0 && quotes[^1].Currency == currency && quotes[^1].Date == quote.Date)
                    quotes.RemoveAt(quotes.Count - 1);
                quotes.Add(quote);
            }
        }

        return quotes;
    }

    static Quote? FindNewest(Connection connection, BookName book, string currency, DateOnly day)
    {
        using var row = connection.Prepare($"SELECT {SqliteRows.QuoteColumns} FROM quotes WHERE book = ?1 AND currency = ?2 AND date <= ?3 ORDER BY date DESC, revision DESC LIMIT 1")
            .Bind(book.Value).Bind(currency).Bind(SqliteRows.Text(day));
        return row.Step() ? SqliteRows.Quote(row) : null;
    }

    /// <summary>From currency to currency along the primary key, whatever the length of their history.</summary>
    static List<string> QuotedCurrencies(Connection connection, BookName book)
    {
        var currencies = new List<string>();
        for (var last = ""; ;)
        {
            using var row = connection.Prepare("SELECT currency FROM quotes WHERE book = ?1 AND currency > ?2 ORDER BY currency LIMIT 1").Bind(book.Value).Bind(last);
            if (!row.Step())
                return currencies;
            currencies.Add(last = row.Text(0));
        }
    }
}
