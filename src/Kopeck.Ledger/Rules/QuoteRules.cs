using System.Collections.Immutable;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes.Feeds;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Rules;

/// <summary>Loading quotes, one date by hand or a feed's days in one group.</summary>
static class QuoteRules
{
    public static Rejection? CheckFields(BookState state, LoadQuotes load, Instant at)
    {
        var problems = ImmutableArray.CreateBuilder<FieldProblem>();
        if (CheckDate(load.Date, at) is { } dateProblem)
            problems.Add(dateProblem);
        if (load.Quotes.IsEmpty)
            problems.Add(new FieldProblem("", "empty", "Name at least one currency and its quote"));
        foreach (var quote in load.Quotes)
        {
            if (quote.Currency == state.BaseCurrency.Code)
                problems.Add(new FieldProblem("/" + quote.Currency, "base_currency", $"{quote.Currency} is the book's base currency: its quote is always 1"));
            else if (!Currency.TryFind(quote.Currency, out _, out var error))
                problems.Add(new FieldProblem("/" + quote.Currency, error));
        }

        return problems.Count > 0 ? Rejection.InvalidFields(problems.ToImmutable()) : null;
    }

    public static Rejection? CheckFields(BookState state, ImportQuotes import, Instant at)
    {
        foreach (var day in import.Feed.Days)
        {
            if (CheckDate(day.Date, at) is { } problem)
                return Rejection.InvalidFields(problem);
            if (!FeedConversion.TryToBook(day, state.BaseCurrency.Code, out _, out _, out var error))
                return Rejection.InvalidFields(new FieldProblem("", error));
        }

        return null;
    }

    public static Decision Decide(LoadQuotes load) =>
        Decision.Of(new Draft(new QuotesLoaded(load.Date, LoadQuotes.ManualSource, load.Quotes)));

    public static Decision Decide(BookState state, ImportQuotes import)
    {
        var drafts = ImmutableArray.CreateBuilder<Draft>();
        var source = QuoteSource.Parse(import.Feed.Source);
        foreach (var day in import.Feed.Days.OrderBy(day => day.Date))
        {
            if (!FeedConversion.TryToBook(day, state.BaseCurrency.Code, out var quotes, out _, out var error))
                return Decision.Reject(Rejection.InvalidFields(new FieldProblem("", error)));
            if (quotes.Count > 0)
                drafts.Add(new Draft(new QuotesLoaded(day.Date, source, [.. quotes.Select(quote => new LoadedQuote(quote.Currency, quote.Rate, quote.FeedBase, quote.Figure))])));
        }

        return drafts.Count > 0
            ? Decision.Of(drafts.ToImmutable())
            : Decision.Reject(Rejection.InvalidFields(new FieldProblem("", "empty_feed", "The feed has no quote that this book can use")));
    }

    static FieldProblem? CheckDate(DateOnly date, Instant at) =>
        date.DayNumber > at.Date.DayNumber + LoadQuotes.MaxDaysAhead
            ? new FieldProblem("", "date_too_late", $"Quotes may be loaded for {LoadQuotes.MaxDaysAhead} days ahead at most: {date:yyyy-MM-dd} is later than {at.Date.AddDays(LoadQuotes.MaxDaysAhead):yyyy-MM-dd}")
            : null;
}
