using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>A quote in a book's base currency that came from a feed.</summary>
/// <param name="Currency">Of ISO 4217, never the book's base.</param>
public readonly record struct FeedQuote(string Currency, QuotePair Pair);
