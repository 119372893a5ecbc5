using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Storage;

/// <summary>The right to be the only writer of a book, until disposed. A commit under it ends it.</summary>
public interface IBookLock : IAsyncDisposable
{
    /// <summary>The book's row as it is while the lock is held; null when there is no such book.</summary>
    BookRow? Row { get; }

    /// <summary>The operations after the number that the lock was asked with, in order, as far as they came along with it.</summary>
    IReadOnlyList<Operation> Missed => [];
}
