using Kopeck.Api.Answers;
using Kopeck.Api.Values;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to load quotes of a date.</summary>
public sealed record LoadQuotesRequest : CallRequest<QuoteLoadAnswer>
{
    static readonly Call Definition = new Call<LoadQuotesRequest, QuoteLoadAnswer>(
        "PUT", "/v1/quotes/{date}", "Loads quotes of a date, in units of the book's base currency", RunAsync)
    {
        Scope = Scopes.Quotes,
        BodyKind = BodyKind.Map,
        AnswerSchema = "QuoteLoad",
        In = take => [take.PathDate(r => r.Date, (r, date) => r.Date = date)],
        Body = take =>
        [
            new QuotesInput(),
        ],
    };

    /// <summary>The date.</summary>
    public LedgerDate Date { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    /// <summary>For each currency both figures; a text or a decimal alone is what one unit is worth in the book's base currency.</summary>
    public IReadOnlyDictionary<string, QuoteText> Quotes { get; set; } = new Dictionary<string, QuoteText>(StringComparer.Ordinal);

    /// <summary>The quotes as they were read.</summary>
    internal List<LoadedQuote> Loaded { get; } = [];

    static async ValueTask<Result<QuoteLoadAnswer>> RunAsync(CallContext context, LoadQuotesRequest request)
    {
        if (request.Date.Date is not { } date)
            return Refusals.NotFound("date", request.Date.ToString());
        // By currency, whatever their order was: in some interfaces the members have none.
        var quotes = request.Loaded.OrderBy(quote => quote.Currency, StringComparer.Ordinal);
        var load = new LoadQuotes(date, [.. quotes]);
        return QuoteLoadAnswer.ToResult(await context.Api.Engine.LoadQuotesAsync(
            context.Who.Caller, load, context.Key, request.DryRun).ConfigureAwait(false));
    }
}
