using Kopeck.Engine.Keys;
using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Storage;

/// <summary>
/// The port to a database that keeps books. Methods throw <see cref="StorageUnavailableException"/> when the database cannot be reached, is
/// full or read-only.
/// </summary>
public interface ILedgerStore : ILedgerReader, IKeyStore, IAsyncDisposable
{
    /// <summary>
    /// Throws <see cref="StorageUnavailableException"/> when the database cannot be reached, or is known to take no writes. Cheap.
    /// </summary>
    ValueTask CheckAsync(CancellationToken cancellationToken);

    /// <summary>The clock of the database's server; null where the database is this machine's.</summary>
    ValueTask<Instant?> ReadClockAsync(CancellationToken cancellationToken) => ValueTask.FromResult<Instant?>(null);

    /// <summary>All books, by name. Throws only where none of them can be read.</summary>
    ValueTask<BookList> ListBooksAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The books of which a hold ends at an instant or before, in one query for all of them. A book that cannot be read is left out.
    /// </summary>
    ValueTask<IReadOnlyCollection<BookName>> FindBooksWithDueHoldsAsync(Instant until, CancellationToken cancellationToken);

    /// <summary>A book's row as committed now; null when there is none.</summary>
    ValueTask<BookRow?> FindBookAsync(BookName book, CancellationToken cancellationToken);

    /// <summary>The numbers that the journals of some books reach now, in one query; books that are not there are left out.</summary>
    ValueTask<IReadOnlyDictionary<BookName, long>> ReadHeadsAsync(IReadOnlyCollection<BookName> books, CancellationToken cancellationToken);

    /// <summary>Whether <see cref="ListenAsync"/> tells of commits, of whatever node, as they happen.</summary>
    bool TellsCommits => false;

    /// <summary>
    /// Tells of commits for as long as it can: book, and the number that its journal reaches. Commits may be told late, twice or not at
    /// all, and those before it began to listen are not. Ends by cancellation, or with <see cref="StorageUnavailableException"/> when it
    /// was cut.
    /// </summary>
    /// <param name="onListening">Called when it begins to listen, and again when it begins anew at one of several servers.</param>
    Task ListenAsync(Action onListening, Action<BookName, long> onCommit, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This store tells of no commits");

    /// <summary>What the executor keeps in memory of every book, in one snapshot; null when there is no such book.</summary>
    ValueTask<BookBase?> LoadBookAsync(BookName book, CancellationToken cancellationToken);

    /// <summary>
    /// Looks up what commands need, and the book's row, which is not read before anything else: where it is the one that the caller knew,
    /// all is as of it.
    /// </summary>
    ValueTask<Found> LookUpAsync(BookName book, Needs needs, CancellationToken cancellationToken);

    /// <summary>An account now. What the node knows of it answers where the book is still at the head that it is known as of.</summary>
    ValueTask<AsOf<Account?>> GetAccountNowAsync(BookName book, long account, KnownAccounts known, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a batch in one transaction behind the guard. Never cancelled: what was sent is waited for.
    /// Throws <see cref="OutcomeUnknownException"/> when it may or may not be committed, and <see cref="KeyUsedException"/> when one of its
    /// keys is used already.
    /// </summary>
    /// <returns>False when the guard found another head, hash or epoch (or the book, for a batch that opens it): nothing was
    /// written.</returns>
    ValueTask<bool> CommitAsync(BatchRows batch, IBookLock? held);

    /// <summary>
    /// Whether every call costs a round trip, so that new keys are better left to the commit to refuse when they turn out to be used.
    /// </summary>
    bool IsRemote { get; }

    /// <summary>
    /// Raises the epoch, so that a lost batch can no longer arrive, and answers the row from then on. Null when there is no such book.
    /// </summary>
    ValueTask<BookRow?> BumpEpochAsync(BookName book);

    /// <summary>
    /// Whether those who wait for a book's lock get it in the order in which they asked. Then nodes that compete take turns by it;
    /// otherwise it is the last resort.
    /// </summary>
    bool HasFairLocks { get; }

    /// <summary>
    /// Waits for the right to be the only writer of a book. A commit under it cannot lose, unless it was held for so long that others were
    /// let in.
    /// </summary>
    /// <param name="after">The number that the caller knows the book as of, so that a remote store can bring what was written since along
    /// with the lock.</param>
    ValueTask<IBookLock> LockAsync(BookName book, long after = long.MaxValue);
}
