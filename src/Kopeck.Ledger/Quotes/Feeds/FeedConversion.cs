using System.Diagnostics.CodeAnalysis;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>Turns the figures of a feed into quotes in a book's base currency. Nothing is divided and nothing is rounded.</summary>
public static class FeedConversion
{
    static readonly FieldError OutOfRange = new(
        "figure_out_of_range",
        $"The figures do not fit in {QuoteFigure.Precision - QuoteFigure.Scale} digits before and {QuoteFigure.Scale} after the point");

    /// <summary>
    /// Quotes of a day in the book's base. In a feed of the book's base they are the feed's figures; in another's, a currency's figure
    /// becomes the units and the figure of the book's base becomes the base. The book's base gets none; the feed's base gets one when it is
    /// another.
    /// </summary>
    /// <param name="bookBase">The ISO 4217 code of the book's base.</param>
    /// <param name="quotes">In the feed's order, after the feed's own base; empty when everything was skipped.</param>
    /// <param name="skipped">What the book cannot hold: unknown currencies, those without a minor unit, figures out of range.</param>
    /// <param name="error"><c>base_not_in_feed</c>.</param>
    public static bool TryToBook(
        FeedDay day,
        string bookBase,
        out IReadOnlyList<FeedQuote> quotes,
        out IReadOnlyList<SkippedFigure> skipped,
        [NotNullWhen(false)] out FieldError? error)
    {
        var made = new List<FeedQuote>(day.Figures.Count + 1);
        var left = new List<SkippedFigure>();
        (quotes, skipped) = (made, left);
        error = null;
        if (!TryFindBase(day, bookBase, out var ofBase))
        {
            error = new FieldError(
                "base_not_in_feed", $"The feed of {day.Date:yyyy-MM-dd} is in {day.Base} and has no figure for the book's base {bookBase}");
            return false;
        }

        if (day.Base != bookBase)
            Add(new FeedFigure(day.Base, FeedNumber.One, FeedNumber.One));
        foreach (var figure in day.Figures)
        {
            if (figure.Currency != bookBase)
                Add(figure);
        }

        return true;

        void Add(FeedFigure figure)
        {
            if (!Currency.TryFind(figure.Currency, out var currency, out var reason))
                left.Add(new SkippedFigure(figure.Currency, reason));
            else if (!TryCross(figure, ofBase, out var pair))
                left.Add(new SkippedFigure(figure.Currency, OutOfRange));
            else
                made.Add(new FeedQuote(currency.Code, pair));
        }
    }

    static bool TryFindBase(FeedDay day, string bookBase, out FeedFigure figure)
    {
        figure = new FeedFigure(bookBase, FeedNumber.One, FeedNumber.One);
        if (day.Base == bookBase)
            return true;
        foreach (var other in day.Figures)
        {
            if (other.Currency != bookBase)
                continue;
            figure = other;
            return true;
        }

        return false;
    }

    /// <summary>
    /// What the currency is worth in the book's base, over the feed's: as both figures are for the same amount of the feed's base in
    /// most feeds, it cancels out.
    /// </summary>
    static bool TryCross(FeedFigure figure, FeedFigure ofBase, out QuotePair pair)
    {
        pair = default;
        if (figure.Base == ofBase.Base)
            return FeedNumber.TryPair(figure.Units, ofBase.Units, out pair);
        return FeedNumber.TryMultiply(figure.Units, ofBase.Base, out var units)
            && FeedNumber.TryMultiply(ofBase.Units, figure.Base, out var worth)
            && FeedNumber.TryPair(units, worth, out pair);
    }
}
