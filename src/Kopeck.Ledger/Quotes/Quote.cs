using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes;

/// <summary>What one unit of a currency is worth in the book's base currency on a date.</summary>
/// <param name="Revision">The number of the operation that loaded it. The base currency's own quote has revision 1: the book's opening.</param>
public sealed record Quote(string Currency, DateOnly Date, long Revision, QuoteRate Rate, QuoteSource Source);

/// <summary>The quote that a conversion used.</summary>
public readonly record struct UsedQuote(QuoteRate Rate, DateOnly Date, long Revision);

/// <summary>How an operation was converted. The quotes are what counts; the rate is for display.</summary>
/// <param name="Rate">Units of <paramref name="To"/> for one unit of <paramref name="From"/>, rounded to a quote's decimals.</param>
public sealed record Exchange(string From, string To, string Rate, UsedQuote FromQuote, UsedQuote ToQuote);
