using System.Collections.Immutable;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Loading the quotes of a date.</summary>
static class QuoteRules
{
    public static Rejection? CheckFields(BookState state, LoadQuotes load, DateOnly today)
    {
        var problems = ImmutableArray.CreateBuilder<FieldProblem>();
        if (QuoteDates.Check(load.Date, today) is { } dateProblem)
            problems.Add(FieldProblem.OfParameter("date", dateProblem));
        if (load.Quotes.IsEmpty)
            problems.Add(new FieldProblem("", "empty", "Name at least one currency and its quote"));
        foreach (var quote in load.Quotes)
        {
            if (quote.Currency == state.BaseCurrency)
                problems.Add(
                    new FieldProblem(
                        "/" + quote.Currency, "base_currency", $"{quote.Currency} is the book's base currency: its quote is always 1"));
            else if (!Currency.TryFind(quote.Currency, out _, out var error))
                problems.Add(new FieldProblem("/" + quote.Currency, error));
        }

        return problems.Count > 0 ? Rejection.InvalidFields(problems.ToImmutable()) : null;
    }

    /// <summary>What is so already writes nothing: neither what the caller saw nor what the book has in memory.</summary>
    public static Decision Decide(BookState state, LoadQuotes load)
    {
        var changed =
            load.Quotes.RemoveAll(quote => load.Same.Contains(quote.Currency) || state.Quotes.Has(quote.Currency, load.Date, quote.Pair));
        return changed.IsEmpty
            ? Decision.Unchanged(Touched.Nothing)
            : Decision.Of(new Draft(new QuotesLoaded(load.Date, load.Source, changed)));
    }
}
