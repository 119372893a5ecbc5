using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Rules;

/// <summary>A conversion at the quotes in force on a day.</summary>
sealed class Converting
{
    readonly UsedQuote fromQuote;
    readonly UsedQuote toQuote;

    public Converting(BookState state, DateOnly day, Currency from, Currency to)
    {
        From = from;
        To = to;
        var noFrom = state.Quotes.Find(from, day, out fromQuote);
        var noTo = state.Quotes.Find(to, day, out toQuote);
        Problem = noFrom?.Code == ErrorCode.QuoteMissing ? noFrom : noTo?.Code == ErrorCode.QuoteMissing ? noTo : noFrom ?? noTo;
        Exchange =
            Problem is null
                ? new Exchange(from.Code, to.Code, Conversion.DisplayRate(fromQuote.Pair, toQuote.Pair), day, fromQuote, toQuote)
                : null;
    }

    /// <summary>A conversion that was decided: on the day that it recorded, where that can be the operation's.</summary>
    public static Converting Again(BookState before, Operation operation, Exchange? recorded, Currency from, Currency to) => new(
        before,
        recorded is { Date: var day } && before.Terms.CanBeDayOf(day, operation.At) ? day : operation.At.Date,
        from,
        to);

    public Currency From { get; }

    public Currency To { get; }

    /// <summary>Why there is no rate: <c>quote_missing</c> before <c>quote_stale</c>.</summary>
    public Rejection? Problem { get; }

    /// <summary>How it is told; null where there is no rate.</summary>
    public Exchange? Exchange { get; }

    /// <summary>The side that was not named, however large: a credit rounded down, a debit up.</summary>
    public Int128 Derive(long named, bool namedIsFrom) => Conversion.Derive(named, namedIsFrom, From, fromQuote.Pair, To, toQuote.Pair);
}
