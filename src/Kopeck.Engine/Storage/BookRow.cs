using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Storage;

/// <summary>A book's row: the guard of its journal.</summary>
/// <param name="TermsNumber">The number of the operation that set the terms: the first, or the last change of them.</param>
/// <param name="Epoch">Raised to make the late arrival of a lost batch impossible.</param>
/// <param name="FirstHash">The hash of operation 1.</param>
/// <param name="QuotesHash">The hash of the last operation that loaded quotes.</param>
/// <param name="Secret">What the salts of the journal's leaves are made from. Not for anybody outside but a full export.</param>
/// <param name="Folding">The version of the table by which names were folded for search:
/// <see cref="Ledger.Reference.TextFold.Version"/>.</param>
public sealed record BookRow(
    BookName Book, string BaseCurrency, BookTerms Terms, long TermsNumber, Head Head, long Epoch, Digest FirstHash, Digest? QuotesHash,
    BookSecret Secret,
    int Folding);
