using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Calls;

/// <summary>Asks for the quotes in force on a date.</summary>
public sealed record GetQuotesRequest : CallRequest<QuotesInForceAnswer>
{
    static readonly Call Definition = new Call<GetQuotesRequest, QuotesInForceAnswer>(
        "GET", "/v1/quotes", "The quotes in force on a date", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "QuotesInForce",
        Query = take =>
        [
            take.QueryDate("date", "Today in the book's time zone if left out", r => r.Date, (r, date) => r.Date = date),
        ],
    };

    /// <summary>Today in the book's time zone if left out.</summary>
    public LedgerDate Date { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<QuotesInForceAnswer>> RunAsync(CallContext context, GetQuotesRequest request)
    {
        context.RequireRunning();
        var day = request.Date.Date;
        if (day is null && await context.Api.Engine.Store.FindBookAsync(context.Book, context.Cancelled).ConfigureAwait(false) is { } row)
            day = row.Terms.Zone.DayOf(context.Now);
        return day is { } date
            && await context.Api.Engine.Quotes.FindAsync(context.Book, date, context.Cancelled).ConfigureAwait(false) is { } quotes
            ? new QuotesInForceAnswer(date, quotes.Row.BaseCurrency, [.. quotes.InForce.Select(quote => new QuoteAnswer(quote))])
            : Refusals.NotFound("book", context.Book.Value);
    }
}
