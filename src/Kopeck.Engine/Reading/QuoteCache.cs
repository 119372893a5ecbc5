using System.Collections.Concurrent;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Engine.Reading;

/// <summary>Quotes by date, kept in memory under the book's first hash and the hash of the last operation that loaded quotes: an entry can never be stale, nor another database's.</summary>
public sealed class QuoteCache(ILedgerStore store)
{
    const int MaxDays = 4_096;

    readonly ConcurrentDictionary<Key, IReadOnlyList<Quote>> days = new();

    /// <summary>For each currency the newest quote on a day, however old, by currency; and the book's limit of age. Null when there is no such book.</summary>
    public async ValueTask<QuotesOfDay?> FindAsync(BookName book, DateOnly day, CancellationToken cancellationToken)
    {
        if (await store.FindBookAsync(book, cancellationToken) is not { } row)
            return null;
        var key = new Key(row.FirstHash, row.QuotesHash ?? default, day);
        if (!days.TryGetValue(key, out var quotes))
        {
            quotes = await store.GetNewestQuotesAsync(book, day, cancellationToken);
            // Kept only if no quotes were loaded between the two reads.
            if ((await store.FindBookAsync(book, cancellationToken))?.QuotesHash == row.QuotesHash)
            {
                if (days.Count >= MaxDays)
                    days.Clear();
                days.TryAdd(key, quotes);
            }
        }

        return new QuotesOfDay(row, day, quotes);
    }

    readonly record struct Key(Digest FirstHash, Digest QuotesHash, DateOnly Day);
}

/// <summary>The newest quotes on a day.</summary>
/// <param name="Row">The book's row when they were read: its base currency and its limit of age.</param>
/// <param name="Newest">For each currency, however old.</param>
public sealed record QuotesOfDay(BookRow Row, DateOnly Day, IReadOnlyList<Quote> Newest)
{
    /// <summary>Those that are in force: not older than the book's limit.</summary>
    public IEnumerable<Quote> InForce => Newest.Where(quote => quote.Date.DayNumber >= Day.DayNumber - Row.QuoteMaxAgeDays);
}
