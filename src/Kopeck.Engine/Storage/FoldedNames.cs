using Kopeck.Ledger.Reference;

namespace Kopeck.Engine.Storage;

/// <summary>Whether the names of a database's books were folded for search by the table that this program has.</summary>
public static class FoldedNames
{
    /// <summary>
    /// Throws <see cref="StorageUnavailableException"/>, which says what to run, where a book's names were folded by another version.
    /// </summary>
    public static void RequireCurrent(IEnumerable<BookRow> books)
    {
        foreach (var book in books)
        {
            if (book.Folding != TextFold.Version)
            {
                throw new StorageUnavailableException(
                    $"The names of book {book.Book} were folded for search by version {book.Folding}, this program has {TextFold.Version}: run `kopeck rebuild --book {book.Book}`");
            }
        }
    }
}
