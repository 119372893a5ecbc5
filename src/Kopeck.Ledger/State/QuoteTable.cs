using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.State;

/// <summary>
/// The quotes that are or will be in force: for each currency the dates from the newest past one on, the newest revision of each.
/// </summary>
public sealed class QuoteTable(string baseCurrency)
{
    // Few dates a currency once trimmed: the one in force and at most two weeks ahead. By date.
    readonly Dictionary<string, List<Quote>> quotes = new(StringComparer.Ordinal);

    /// <summary>For how many days after its date a quote may be used.</summary>
    public required int MaxAgeDays { get; set; }

    /// <summary>Adds a quote; one of the same date supersedes an earlier revision.</summary>
    /// <returns>What it superseded, to be put back by <see cref="TakeBack"/>; itself where a later one is there.</returns>
    public Quote? Add(Quote quote)
    {
        if (!quotes.TryGetValue(quote.Currency, out var dates))
            quotes.Add(quote.Currency, dates = []);
        var place = PlaceOf(dates, quote.Date);
        if (place == dates.Count || dates[place].Date > quote.Date)
        {
            dates.Insert(place, quote);
            return null;
        }

        var before = dates[place];
        if (before.Revision > quote.Revision)
            return quote;
        dates[place] = quote;
        return before;
    }

    /// <summary>Whether the newest quote of a date is known to have these figures.</summary>
    public bool Has(string currency, DateOnly date, QuotePair pair)
    {
        if (!quotes.TryGetValue(currency, out var dates))
            return false;
        var place = PlaceOf(dates, date);
        return place < dates.Count && dates[place].Date == date && dates[place].Pair == pair;
    }

    /// <summary>Undoes an addition, the newest first.</summary>
    internal void TakeBack(Quote quote, Quote? superseded)
    {
        if (superseded == quote)
            return;
        var dates = quotes[quote.Currency];
        var place = PlaceOf(dates, quote.Date);
        if (superseded is null)
            dates.RemoveAt(place);
        else
            dates[place] = superseded;
    }

    /// <summary>
    /// Forgets what can no longer be in force, now that time has come to an instant: it never runs backwards in a book, and no zone is more
    /// than a day behind UTC.
    /// </summary>
    public void Trim(Instant now) => Trim(now.Date.AddDays(-1));

    void Trim(DateOnly today)
    {
        foreach (var dates in quotes.Values)
        {
            var inForce = dates.FindLastIndex(quote => quote.Date <= today);
            if (inForce > 0)
                dates.RemoveRange(0, inForce);
        }
    }

    /// <summary>The quote in force on a day: the newest whose date is not later and not older than the book's limit.</summary>
    public Rejection? Find(Currency currency, DateOnly today, out UsedQuote used)
    {
        used = new UsedQuote(QuotePair.One, today, 1);
        if (currency.Code == baseCurrency)
            return null;
        var quote = quotes.TryGetValue(currency.Code, out var dates) ? dates.FindLast(other => other.Date <= today) : null;
        if (quote is null)
            return new Rejection(
                ErrorCode.QuoteMissing, $"No quote of {currency.Code} was loaded for {today:yyyy-MM-dd} or before: load one");
        if (quote.Date.DayNumber < today.DayNumber - MaxAgeDays)
            return new Rejection(
                ErrorCode.QuoteStale,
                $"The newest quote of {currency.Code} is of {quote.Date:yyyy-MM-dd}, older than {MaxAgeDays} days: load a newer one");
        used = new UsedQuote(quote.Pair, quote.Date, quote.Revision);
        return null;
    }

    /// <summary>Where a date is, or belongs: new dates mostly come last.</summary>
    static int PlaceOf(List<Quote> dates, DateOnly date)
    {
        var (from, to) = (0, dates.Count);
        if (to == 0 || dates[to - 1].Date < date)
            return to;
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = dates[middle].Date < date ? (middle + 1, to) : (from, middle);
        }

        return from;
    }
}
