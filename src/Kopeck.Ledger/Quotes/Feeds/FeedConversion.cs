using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>A quote in a book's base currency that came from a feed.</summary>
/// <param name="Rate">Units of the book's base for one unit of <paramref name="Currency"/>.</param>
/// <param name="FeedBase">The feed's own base.</param>
/// <param name="Figure">
/// The feed's figures that the rate was computed from, as written: <c>163.12</c>; with its units where they are not one,
/// <c>55,7100 per 100</c>; and for a book in another base than the feed's, the figure of the book's base as well:
/// <c>163.12; USD 1.1000</c>. The feed's own base has the figure <c>1</c>.
/// </param>
public sealed record FeedQuote(string Currency, QuoteRate Rate, string FeedBase, string Figure);

/// <summary>A figure of a feed that no quote was made of.</summary>
/// <param name="Reason"><c>unknown_currency</c>, <c>no_minor_unit</c>, <c>rate_too_small</c> or <c>rate_too_large</c>.</param>
public sealed record SkippedFigure(string Currency, FieldError Reason);

/// <summary>Turns the figures of a feed into quotes in a book's base currency.</summary>
public static class FeedConversion
{
    /// <summary>
    /// Quotes of a day in the book's base: each by one exact division, rounded half-even once to a quote's decimals, so that a cross
    /// rate is not rounded twice. The book's base gets none; the feed's base gets one when it is another.
    /// </summary>
    /// <param name="bookBase">The ISO 4217 code of the book's base.</param>
    /// <param name="quotes">In the feed's order, after the feed's own base; empty when everything was skipped.</param>
    /// <param name="skipped">What the book cannot hold: unknown currencies, those without a minor unit, rates out of a quote's range.</param>
    /// <param name="error"><c>base_not_in_feed</c>, or <c>bad_rate</c> for a figure that is not a positive number.</param>
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
        error = FindBase(day, bookBase, out var baseRatio, out var suffix);
        if (error is not null)
            return false;

        if (day.Base != bookBase)
            Add(day.Base, FeedRatio.One, "1");
        foreach (var figure in day.Figures)
        {
            if (!FeedRatio.TryRead(figure, out var ratio))
            {
                (quotes, skipped) = ([], []);
                error = FeedErrors.BadRate(figure.Currency, figure.Figure);
                return false;
            }

            if (figure.Currency != bookBase)
                Add(figure.Currency, ratio, Written(figure));
        }

        return true;

        void Add(string code, FeedRatio ratio, string written)
        {
            if (!Currency.TryFind(code, out _, out var reason) || (reason = ToRate(ratio.DivideRounded(baseRatio, QuoteRate.Scale), out var rate)) is not null)
                left.Add(new SkippedFigure(code, reason));
            else
                made.Add(new FeedQuote(code, rate, day.Base, written + suffix));
        }
    }

    static FieldError? FindBase(FeedDay day, string bookBase, out FeedRatio ratio, out string suffix)
    {
        (ratio, suffix) = (FeedRatio.One, "");
        if (day.Base == bookBase)
            return null;
        foreach (var figure in day.Figures)
        {
            if (figure.Currency != bookBase)
                continue;
            suffix = $"; {bookBase} {Written(figure)}";
            return FeedRatio.TryRead(figure, out ratio) ? null : FeedErrors.BadRate(bookBase, figure.Figure);
        }

        return new FieldError("base_not_in_feed", $"The feed of {day.Date:yyyy-MM-dd} is in {day.Base} and has no figure for the book's base {bookBase}");
    }

    static FieldError? ToRate(BigInteger scaled, out QuoteRate rate)
    {
        rate = default;
        if (scaled.IsZero)
            return new FieldError("rate_too_small", $"The rate rounds to zero at {QuoteRate.Scale} decimals");
        return scaled <= QuoteRate.MaxScaled && QuoteRates.TryFromScaled((UInt128)scaled, out rate)
            ? null
            : new FieldError("rate_too_large", $"The rate has more than {QuoteRate.Precision - QuoteRate.Scale} digits before the point");
    }

    static string Written(FeedFigure figure) =>
        FeedNumber.TryParse(figure.Units, '.', out var units) && FeedRatio.IsOne(units, FeedNumber.One) ? figure.Figure : $"{figure.Figure} per {figure.Units}";
}
