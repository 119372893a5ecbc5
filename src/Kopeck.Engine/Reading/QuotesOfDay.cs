using Kopeck.Engine.Storage;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Engine.Reading;

/// <summary>The newest quotes on a day.</summary>
/// <param name="Row">The book's row when they were read: its base currency and its limit of age.</param>
/// <param name="Newest">For each currency, however old.</param>
public sealed record QuotesOfDay(BookRow Row, DateOnly Day, IReadOnlyList<Quote> Newest)
{
    /// <summary>Those that are in force: not older than the book's limit.</summary>
    public IEnumerable<Quote> InForce => Newest.Where(quote => quote.Date.DayNumber >= Day.DayNumber - Row.Terms.QuoteMaxAgeDays);
}
