using Kopeck.Api.Answers;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Quotes.Feeds;

namespace Kopeck.Api.Calls;

/// <summary>Asks to load a feed in its own format: all of it is judged first, then each date is loaded whole or not at all.</summary>
public sealed record ImportQuotesRequest : CallRequest<QuoteLoadAnswer>
{
    static readonly Call Definition = new Call<ImportQuotesRequest, QuoteLoadAnswer>(
        "POST", "/v1/quotes/import", "Loads a feed in its own format, each date whole or not at all", RunAsync)
    {
        Scope = Scopes.Quotes,
        BodyKind = BodyKind.Feed,
        BodyTypes =
        [
            "application/xml", "text/xml", "text/csv", "text/plain", "application/json", "application/octet-stream", "application/zip",
        ],
        BodyLimit = Call.LargeBodyLimit,
        AnswerSchema = "QuoteLoad",
    };

    /// <summary>ECB XML and CSV, Bank of Russia XML, Frankfurter and openexchangerates JSON.</summary>
    public ReadOnlyMemory<byte> Feed { get; set; }

    /// <inheritdoc/>
    public override Call Call => Definition;

    static async ValueTask<Result<QuoteLoadAnswer>> RunAsync(CallContext context, ImportQuotesRequest request)
    {
        if (!QuoteFeed.TryParse(request.Feed, out var feed, out var error))
            return Rejection.InvalidFields(new FieldProblem("", error));
        return QuoteLoadAnswer.ToResult(await context.Api.Engine.ImportQuotesAsync(
            context.Who.Caller, feed, context.Key, request.DryRun).ConfigureAwait(false));
    }
}
