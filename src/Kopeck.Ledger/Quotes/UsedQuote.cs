using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Quotes;

/// <summary>The quote that a conversion used.</summary>
/// <param name="Date">The quote's own date.</param>
/// <param name="Revision">The number of the operation that loaded it; 1 for the base currency's own.</param>
public readonly record struct UsedQuote(QuotePair Pair, DateOnly Date, long Revision);
