using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Statements.Reading;

/// <summary>
/// The quotes of one currency as they were in force at each operation: those that were loaded before it, and not older than the book
/// allows.
/// </summary>
sealed class QuoteTimeline(ILedgerReader reader, PinnedBook book, string currency)
{
    const int PageLength = 50;

    readonly bool isBase = currency == book.BaseCurrency.Code;
    readonly List<Quote> newestFirst = [];
    DateOnly? day;
    int maxAgeDays;
    PageKey? next;

    /// <summary>The quote of an operation's instant: of its day in the book's time zone; null where there was none.</summary>
    public ValueTask<UsedQuote?> FindQuoteAsync(Instant at, long number, CancellationToken cancellationToken) =>
        FindQuoteAsync(book.Terms.Before(number).Zone.DayOf(at), number, cancellationToken);

    /// <summary>
    /// The quote on a day as of before an operation; null where there was none. Fastest when asked in the order of the journal.
    /// </summary>
    public async ValueTask<UsedQuote?> FindQuoteAsync(DateOnly date, long number, CancellationToken cancellationToken)
    {
        if (isBase)
            return new UsedQuote(QuotePair.One, date, 1);
        var maxAge = book.Terms.Before(number).QuoteMaxAgeDays;
        if (day != date || maxAgeDays != maxAge)
        {
            newestFirst.Clear();
            (day, maxAgeDays, next) = (date, maxAge, null);
            await LoadAsync(cancellationToken);
        }

        for (var index = 0; ; index++)
        {
            if (index == newestFirst.Count)
            {
                if (next is null)
                    return null;
                await LoadAsync(cancellationToken);
                continue;
            }

            if (newestFirst[index] is { } quote && quote.Revision < number)
                return new UsedQuote(quote.Pair, quote.Date, quote.Revision);
        }
    }

    async Task LoadAsync(CancellationToken cancellationToken)
    {
        var first = day!.Value.DayNumber - maxAgeDays;
        var page = await reader.ListQuotesAsync(
            book.Book,
            currency,
            first > 0 ? DateOnly.FromDayNumber(first) : null,
            day == DateOnly.MaxValue ? null : day.Value.AddDays(1),
            new PageRequest(next, IsAscending: false, PageLength),
            cancellationToken);
        newestFirst.AddRange(page.Items);
        next = page.Next;
    }
}
