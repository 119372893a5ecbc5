using System.Collections.Immutable;
using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Quotes.Feeds;

namespace Kopeck.Embedded;

public sealed partial class KopeckLedger
{
    /// <summary>Loads quotes of a date.</summary>
    /// <param name="quotes">For each currency what one unit of it is worth in the book's base currency, as a decimal text.</param>
    [LedgerCall("PUT", "/v1/quotes/{date}")]
    public ValueTask<LedgerResult<Operation>> LoadQuotesAsync(LedgerDate date, IReadOnlyDictionary<string, string> quotes, CallOptions? call = null)
    {
        if (Forbid(Scopes.Quotes) is null && !date.TryRead(out _))
            return ValueTask.FromResult(NotFound<Operation>("date"));
        return ChangeAsync(
            Scopes.Quotes,
            call,
            input =>
            {
                date.TryRead(out var day);
                var loaded = ImmutableArray.CreateBuilder<LoadedQuote>();
                foreach (var (code, text) in quotes.OrderBy(quote => quote.Key, StringComparer.Ordinal))
                {
                    var rate = default(QuoteRate);
                    if (!Currency.TryFind(code, out _, out var error) || !QuoteRate.TryParse(text, out rate, out error))
                        input.Add(code, error);
                    else
                        loaded.Add(new LoadedQuote(code, rate));
                }

                return new LoadQuotes(day, loaded.ToImmutable());
            },
            outcome => outcome.Answer);
    }

    /// <summary>Loads a feed in its own format (ECB XML and CSV, Bank of Russia XML, Frankfurter and openexchangerates JSON), whole or not at all.</summary>
    [LedgerCall("POST", "/v1/quotes/import")]
    public ValueTask<LedgerResult<Operation>> ImportQuotesAsync(ReadOnlyMemory<byte> feed, CallOptions? call = null) => ChangeAsync(
        Scopes.Quotes,
        call,
        input =>
        {
            if (!QuoteFeed.TryParse(feed, out var content, out var error))
                input.Add("", error);
            return new ImportQuotes(content!, Digest.Of(feed.Span));
        },
        outcome => outcome.Answer);

    /// <summary>The quotes in force on a date; today in UTC if left out.</summary>
    [LedgerCall("GET", "/v1/quotes")]
    public ValueTask<LedgerResult<QuotesInForce>> GetQuotesAsync(LedgerDate? date = null, CancellationToken cancellationToken = default) => ReadAsync(Scopes.Read, async () =>
    {
        _ = Reader;
        var day = Instant.From(options.Time.GetUtcNow()).Date;
        if (date is { } given && !given.TryRead(out day))
            return new LedgerResult<QuotesInForce>(InvalidQuery("date", new FieldError("bad_value", "Expected: a date such as 2026-11-23")));
        return await engine.Quotes.FindAsync(book, day, cancellationToken).ConfigureAwait(false) is { } found
            ? new LedgerResult<QuotesInForce>(new QuotesInForce(day, found.Row.BaseCurrency, [.. found.InForce]))
            : NotFound<QuotesInForce>("book");
    });

    /// <summary>Lists every revision of a currency's quotes.</summary>
    [LedgerCall("GET", "/v1/quotes/{currency}")]
    public ValueTask<LedgerResult<LedgerPage<Quote>>> ListQuotesAsync(string currency, QuoteQuery? query = null, CancellationToken cancellationToken = default)
    {
        var asked = query ?? new QuoteQuery();
        if (Forbid(Scopes.Read) is null && !Currency.TryFind(currency, out _))
            return ValueTask.FromResult(NotFound<LedgerPage<Quote>>("currency"));
        return ListAsync(
            "/v1/quotes/{currency}/" + currency,
            asked,
            reader => (Since: reader.Date("since", asked.Since), Until: reader.Date("until", asked.Until)),
            async (period, page) => new AsOf<Page<Quote>>(await Reader.ListQuotesAsync(book, currency, period.Since, period.Until, page, cancellationToken).ConfigureAwait(false), 0));
    }
}
