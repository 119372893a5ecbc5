using System.Collections.Immutable;
using System.Globalization;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes.Feeds;
using Kopeck.Server.Answers;
using Kopeck.Server.Bodies;
using Kopeck.Server.Queries;

namespace Kopeck.Server.Calls;

/// <summary>Quotes.</summary>
static class QuoteCalls
{
    public static IEnumerable<Call> All =>
    [
        new("PUT", "/v1/quotes/{date}", "Loads quotes of a date, in units of the book's base currency", LoadAsync) { Scope = Scopes.Quotes, BodyKind = BodyKind.Map, AnswerSchema = "Operation" },
        new("POST", "/v1/quotes/import", "Loads a feed in its own format, whole or not at all", ImportAsync) { Scope = Scopes.Quotes, BodyKind = BodyKind.Feed, BodyLimit = Call.LargeBodyLimit, AnswerSchema = "Operation" },
        new("GET", "/v1/quotes", "The quotes in force on a date", InForceAsync) { Scope = Scopes.Read, Query = [new("date", ParameterKind.Date, "Today in UTC if left out")], AnswerSchema = "QuotesInForce" },
        new("GET", "/v1/quotes/{currency}", "Every revision of a currency's quotes", ListAsync)
        {
            Scope = Scopes.Read,
            Query = [new("since", ParameterKind.Date, "From this date on"), new("until", ParameterKind.Date, "Before this date"), .. QueryParameter.Page],
            AnswerSchema = "QuoteList",
        },
    ];

    static ValueTask<Answer> LoadAsync(CallContext context)
    {
        if (!DateOnly.TryParseExact(context.Path[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return ValueTask.FromResult(context.NotFound("date"));
        var problems = new List<FieldProblem>();
        var quotes = ImmutableArray.CreateBuilder<LoadedQuote>();
        // By currency, whatever their order was: in some interfaces the members have none.
        foreach (var (name, text, problem) in context.Map)
        {
            var rate = default(QuoteRate);
            if (!Currency.TryFind(name, out _, out var error) || (error = problem) is not null || !QuoteRate.TryParse(text, out rate, out error))
                problems.Add(new FieldProblem("/" + BodyReader.Escape(name), error!));
            else
                quotes.Add(new LoadedQuote(name, rate));
        }

        return problems.Count > 0
            ? ValueTask.FromResult(Answer.Reject(Rejection.InvalidFields([.. problems])))
            : context.SubmitAsync(new LoadQuotes(date, [.. quotes.OrderBy(quote => quote.Currency, StringComparer.Ordinal)]), OperationContent.Of);
    }

    static ValueTask<Answer> ImportAsync(CallContext context) =>
        QuoteFeed.TryParse(context.Bytes, out var feed, out var error)
            ? context.SubmitAsync(new ImportQuotes(feed, Digest.Of(context.Bytes.Span)), OperationContent.Of)
            : ValueTask.FromResult(Answer.Reject(Rejection.InvalidFields(new FieldProblem("", error))));

    static async ValueTask<Answer> InForceAsync(CallContext context)
    {
        _ = context.Reader;
        var day = context.Query.Date("date") ?? Instant.From(context.Time.GetUtcNow()).Date;
        if (await context.Engine.Quotes.FindAsync(context.Book, day, context.Cancelled) is not { } quotes)
            return context.NotFound("book");
        return Answer.Of(200, new QuotesInForceContent(day, quotes.Row.BaseCurrency, new ListContent([.. quotes.InForce.Select(quote => new QuoteContent(quote))])));
    }

    static async ValueTask<Answer> ListAsync(CallContext context)
    {
        if (!Currency.TryFind(context.Path[0], out var currency))
            return context.NotFound("currency");
        if (context.Page(out var problem) is not { } page)
            return problem!;
        var found = await context.Reader.ListQuotesAsync(context.Book, currency.Code, context.Query.Date("since"), context.Query.Date("until"), page, context.Cancelled);
        return context.List(found, quote => new QuoteContent(quote));
    }
}
