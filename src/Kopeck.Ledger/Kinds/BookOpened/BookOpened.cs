using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>A book was opened.</summary>
/// <param name="SecretDigest">The digest of the book's secret: <see cref="BookSecret.Digest"/>.</param>
public sealed record BookOpened(Currency BaseCurrency, BookTerms Terms, Digest SecretDigest) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.BookOpened;

    /// <summary>The book before its first operation, which this is of.</summary>
    /// <param name="secret">The book's secret, where operations are going to be hashed.</param>
    public BookState Begin(BookName book, BookSecret secret = default) => new(book, BaseCurrency.Code, Terms, default) { Secret = secret };
}
