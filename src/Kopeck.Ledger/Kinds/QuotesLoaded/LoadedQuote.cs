using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Kinds;

/// <summary>A quote of a <see cref="QuotesLoaded"/>.</summary>
/// <param name="Pair">Both figures, as they were published.</param>
public readonly record struct LoadedQuote(string Currency, QuotePair Pair);
