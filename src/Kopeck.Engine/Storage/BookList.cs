using System.Collections;

namespace Kopeck.Engine.Storage;

/// <summary>
/// The books of a database, by name: those that could be read, and, where books are kept in several places, those that could not.
/// </summary>
public sealed class BookList(IReadOnlyList<BookRow> books, IReadOnlyList<UnreadableBook> unreadable) : IReadOnlyList<BookRow>
{
    /// <summary>No books.</summary>
    public static readonly BookList Empty = new([], []);

    /// <summary>The books that are there and could not be read, by name.</summary>
    public IReadOnlyList<UnreadableBook> Unreadable => unreadable;

    /// <summary>Whether there is no book at all.</summary>
    public bool IsEmpty => books.Count == 0 && unreadable.Count == 0;

    /// <inheritdoc/>
    public int Count => books.Count;

    /// <inheritdoc/>
    public BookRow this[int index] => books[index];

    /// <inheritdoc/>
    public IEnumerator<BookRow> GetEnumerator() => books.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
