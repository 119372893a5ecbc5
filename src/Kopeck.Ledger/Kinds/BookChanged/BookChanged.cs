using Kopeck.Ledger.Journal;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>A book's terms were changed.</summary>
/// <param name="Terms">All of them, from then on.</param>
/// <param name="Before">
/// The operation that set those that held before: an earlier change, or number 1. So the changes are found one after the other.
/// </param>
public sealed record BookChanged(BookTerms Terms, long Before) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.BookChanged;
}
