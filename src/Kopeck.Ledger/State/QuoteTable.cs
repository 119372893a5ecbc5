using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.State;

/// <summary>The quotes that are or will be in force: for each currency the dates from the newest past one on, the newest revision of each.</summary>
public sealed class QuoteTable(Currency baseCurrency, int maxAgeDays)
{
    static readonly QuoteRate One = QuoteRate.Parse("1");

    // Few dates a currency: the one in force and at most a week ahead. By date.
    readonly Dictionary<string, List<Quote>> quotes = new(StringComparer.Ordinal);

    /// <summary>Adds a quote; one of the same date supersedes an earlier revision.</summary>
    public void Add(Quote quote)
    {
        if (!quotes.TryGetValue(quote.Currency, out var dates))
            quotes.Add(quote.Currency, dates = []);
        var place = dates.FindIndex(other => other.Date >= quote.Date);
        if (place < 0)
            dates.Add(quote);
        else if (dates[place].Date > quote.Date)
            dates.Insert(place, quote);
        else if (dates[place].Revision <= quote.Revision)
            dates[place] = quote;
    }

    /// <summary>The dates of a currency, to be put back by <see cref="Restore"/>.</summary>
    internal Quote[]? Save(string currency) => quotes.TryGetValue(currency, out var dates) ? [.. dates] : null;

    internal void Restore(string currency, Quote[]? dates)
    {
        if (dates is null)
            quotes.Remove(currency);
        else
            quotes[currency] = [.. dates];
    }

    /// <summary>Forgets what can no longer be in force, now that time has come to a day: it never runs backwards in a book.</summary>
    public void Trim(DateOnly today)
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
        used = new UsedQuote(One, today, 1);
        if (currency.Code == baseCurrency.Code)
            return null;
        var quote = quotes.TryGetValue(currency.Code, out var dates) ? dates.FindLast(other => other.Date <= today) : null;
        if (quote is null)
            return new Rejection(ErrorCode.QuoteMissing, $"No quote of {currency.Code} was loaded for {today:yyyy-MM-dd} or before: load one");
        if (quote.Date.DayNumber < today.DayNumber - maxAgeDays)
            return new Rejection(ErrorCode.QuoteStale, $"The newest quote of {currency.Code} is of {quote.Date:yyyy-MM-dd}, older than {maxAgeDays} days: load a newer one");
        used = new UsedQuote(quote.Rate, quote.Date, quote.Revision);
        return null;
    }
}
