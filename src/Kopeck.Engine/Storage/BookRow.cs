using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Storage;

/// <summary>A book's row: the guard of its journal.</summary>
/// <param name="Epoch">Raised to make the late arrival of a lost batch impossible.</param>
/// <param name="FirstHash">The hash of operation 1.</param>
/// <param name="QuotesHash">The hash of the last operation that loaded quotes.</param>
public sealed record BookRow(BookName Book, string BaseCurrency, int QuoteMaxAgeDays, Head Head, long Epoch, Digest FirstHash, Digest? QuotesHash);
