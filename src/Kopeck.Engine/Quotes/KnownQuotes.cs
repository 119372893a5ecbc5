using System.Collections.Immutable;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Engine.Quotes;

/// <summary>The quotes that a book has already: of each currency and date the newest revision.</summary>
sealed class KnownQuotes
{
    readonly Dictionary<string, Dictionary<DateOnly, QuotePair>> pairs = new(StringComparer.Ordinal);

    /// <summary>Adds a quote; those of a currency come in the order of dates and revisions.</summary>
    public void Add(Quote quote)
    {
        if (!pairs.TryGetValue(quote.Currency, out var dates))
            pairs.Add(quote.Currency, dates = []);
        dates[quote.Date] = quote.Pair;
    }

    /// <summary>The currencies of a load whose figures are so already.</summary>
    public ImmutableHashSet<string> SameAs(LoadQuotes load)
    {
        if (pairs.Count == 0)
            return LoadQuotes.NoCurrencies;
        var same = load.Quotes.Where(
            quote => pairs.TryGetValue(quote.Currency, out var dates) && dates.TryGetValue(load.Date, out var pair) && pair == quote.Pair);
        return LoadQuotes.NoCurrencies.Union(same.Select(quote => quote.Currency));
    }
}
