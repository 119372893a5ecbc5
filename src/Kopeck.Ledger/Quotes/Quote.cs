using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Quotes;

/// <summary>What a currency is worth in the book's base currency on a date.</summary>
/// <param name="Revision">The number of the operation that loaded it. The base currency's own quote has revision 1: the book's
/// opening.</param>
/// <param name="Pair">Both figures, as they were published.</param>
public sealed record Quote(string Currency, DateOnly Date, long Revision, QuotePair Pair, QuoteSource Source);
