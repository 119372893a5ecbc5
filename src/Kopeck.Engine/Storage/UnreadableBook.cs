using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Storage;

/// <summary>A book that is there and could not be read.</summary>
/// <param name="Book">Its name.</param>
/// <param name="Reason">Why, without secrets.</param>
public sealed record UnreadableBook(BookName Book, string Reason);
