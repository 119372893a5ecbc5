using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational.Rows;

/// <summary>Rows of <c>quotes</c>.</summary>
public static class QuoteRows
{
    // From currency to currency along the primary key, whatever the length of their history.
    const string Currencies = """
        WITH RECURSIVE quoted (currency) AS (
          SELECT min(currency) FROM quotes WHERE book = $1
          UNION ALL
          SELECT (SELECT min(q.currency) FROM quotes q WHERE q.book = $1 AND q.currency > quoted.currency) FROM quoted WHERE quoted.currency IS NOT NULL)
        """;

    /// <summary>The columns that <see cref="Read"/> reads, of <c>quotes q</c>.</summary>
    public static string Columns(Dialect dialect) =>
        $"q.currency, q.date, q.revision, {dialect.Digits("q.units")}, {dialect.Digits("q.base")}, q.source";

    /// <summary>For each currency the newest quote by date, then revision, whose date is not after the day $2.</summary>
    public static string SelectNewest(Dialect dialect) => $"""
        {Currencies},
        newest (currency, date) AS (
          SELECT currency, (SELECT n.date FROM quotes n WHERE n.book = $1 AND n.currency = quoted.currency AND n.date <= $2 ORDER BY n.date DESC LIMIT 1)
          FROM quoted WHERE currency IS NOT NULL)
        SELECT {Columns(dialect)}
        FROM newest CROSS JOIN quotes q
        WHERE q.book = $1 AND q.currency = newest.currency AND q.date = newest.date
          AND q.revision = (SELECT max(r.revision) FROM quotes r WHERE r.book = $1 AND r.currency = newest.currency AND r.date = newest.date)
        ORDER BY q.currency
        """;

    /// <summary>
    /// For each currency all dates from the one in force a day before the head's instant on, as no zone is further behind, every revision:
    /// <see cref="AddNewest"/> keeps the newest.
    /// </summary>
    public static string SelectFromHead(Dialect dialect) => $"""
        {Currencies},
        today (day) AS (SELECT {dialect.DayOf("(head_at - 86400000000)")} FROM books WHERE book = $1),
        newest (currency, date) AS (
          SELECT currency, coalesce(
            (SELECT n.date FROM quotes n WHERE n.book = $1 AND n.currency = quoted.currency AND n.date <= (SELECT day FROM today) ORDER BY n.date DESC LIMIT 1),
            (SELECT min(f.date) FROM quotes f WHERE f.book = $1 AND f.currency = quoted.currency))
          FROM quoted WHERE currency IS NOT NULL)
        SELECT {Columns(dialect)}
        FROM newest CROSS JOIN quotes q
        WHERE q.book = $1 AND q.currency = newest.currency AND q.date >= newest.date
        ORDER BY q.currency, q.date, q.revision
        """;

    /// <summary>Reads a row.</summary>
    public static Quote Read(IRow row) =>
        new(row.Text(0), row.Date(1), row.Int64(2), QuotePair.Parse(row.Text(3), row.Text(4)), QuoteSource.Parse(row.Text(5)));

    /// <summary>
    /// Adds a quote of rows in the order of currency, date, revision: a later revision of a date supersedes the one before it.
    /// </summary>
    public static void AddNewest(List<Quote> quotes, Quote quote)
    {
        if (quotes.Count > 0 && quotes[^1].Currency == quote.Currency && quotes[^1].Date == quote.Date)
            quotes.RemoveAt(quotes.Count - 1);
        quotes.Add(quote);
    }
}
