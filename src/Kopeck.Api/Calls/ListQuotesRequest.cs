using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Api.Calls;

/// <summary>Asks for every revision of a currency's quotes.</summary>
public sealed record ListQuotesRequest : ListRequest<QuoteAnswer>
{
    static readonly Call Definition = new Call<ListQuotesRequest, ListAnswer<QuoteAnswer>>(
        "GET", "/v1/quotes/{currency}", "Every revision of a currency's quotes", RunAsync)
    {
        Scope = Scopes.Read,
        AnswerSchema = "QuoteList",
        In = take => [take.PathText("currency", FieldTypes.CurrencyCode, r => r.Currency, (r, currency) => r.Currency = currency)],
        Query = take =>
        [
            take.QueryDate("since", "From this date on", r => r.Since, (r, date) => r.Since = date),
            take.QueryDate("until", "Before this date", r => r.Until, (r, date) => r.Until = date),
            .. take.Page(),
        ],
    };

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; set; }

    /// <summary>From this date on.</summary>
    public LedgerDate Since { get; set; }

    /// <summary>Before this date.</summary>
    public LedgerDate Until { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<ListAnswer<QuoteAnswer>>> RunAsync(CallContext context, ListQuotesRequest request)
    {
        if (!Ledger.Money.Currency.TryFind(request.Currency, out var currency))
            return Refusals.NotFound("currency", request.Currency ?? "");
        return await context.ListAsync(
            request,
            currency.Code,
            async page =>
                new AsOf<Page<Quote>>(
                    await context.Reader.ListQuotesAsync(
                        context.Book, currency.Code, request.Since.Date, request.Until.Date, page, context.Cancelled).ConfigureAwait(false),
                    0),
            (quote, _) => new QuoteAnswer(quote)).ConfigureAwait(false);
    }
}
