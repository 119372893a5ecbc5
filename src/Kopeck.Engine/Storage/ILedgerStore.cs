using Kopeck.Engine.Keys;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Engine.Storage;

/// <summary>The port to a database that keeps books. Methods throw <see cref="StorageUnavailableException"/> when the database cannot be reached, is full or read-only.</summary>
public interface ILedgerStore : ILedgerReader, IKeyStore, IAsyncDisposable
{
    /// <summary>All books, by name.</summary>
    ValueTask<IReadOnlyList<BookRow>> ListBooksAsync(CancellationToken cancellationToken);

    /// <summary>A book's row as committed now; null when there is none.</summary>
    ValueTask<BookRow?> FindBookAsync(BookName book, CancellationToken cancellationToken);

    /// <summary>What the executor keeps in memory of every book, in one snapshot; null when there is no such book.</summary>
    ValueTask<BookBase?> LoadBookAsync(BookName book, CancellationToken cancellationToken);

    /// <summary>Looks up what commands need, and the book's row, which is not read before anything else: where it is the one that the caller knew, all is as of it.</summary>
    ValueTask<Found> LookUpAsync(BookName book, Needs needs, CancellationToken cancellationToken);

    /// <summary>An account now. What the node knows of it answers where the book is still at the head that it is known as of.</summary>
    ValueTask<AsOf<Account?>> GetAccountNowAsync(BookName book, long account, KnownAccounts known, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a batch in one transaction behind the guard. Never cancelled: what was sent is waited for.
    /// Throws <see cref="OutcomeUnknownException"/> when it may or may not be committed, and <see cref="KeyUsedException"/> when one of its keys is used already.
    /// </summary>
    /// <returns>False when the guard found another head, hash or epoch (or the book, for a batch that opens it): nothing was written.</returns>
    ValueTask<bool> CommitAsync(BatchRows batch, IBookLock? held);

    /// <summary>Whether every call costs a round trip, so that new keys are better left to the commit to refuse when they turn out to be used.</summary>
    bool IsRemote { get; }

    /// <summary>Raises the epoch, so that a lost batch can no longer arrive, and answers the row from then on. Null when there is no such book.</summary>
    ValueTask<BookRow?> BumpEpochAsync(BookName book);

    /// <summary>Whether those who wait for a book's lock get it in the order in which they asked. Then nodes that compete take turns by it; otherwise it is the last resort.</summary>
    bool HasFairLocks { get; }

    /// <summary>Waits for the right to be the only writer of a book. A commit under it cannot lose, unless it was held for so long that others were let in.</summary>
    /// <param name="after">The number that the caller knows the book as of, so that a remote store can bring what was written since along with the lock.</param>
    ValueTask<IBookLock> LockAsync(BookName book, long after = long.MaxValue);
}

/// <summary>The right to be the only writer of a book, until disposed. A commit under it ends it.</summary>
public interface IBookLock : IAsyncDisposable
{
    /// <summary>The book's row as it is while the lock is held; null when there is no such book.</summary>
    BookRow? Row { get; }

    /// <summary>The operations after the number that the lock was asked with, in order, as far as they came along with it.</summary>
    IReadOnlyList<Operation> Since => [];
}

/// <summary>What the executor keeps in memory of every book.</summary>
/// <param name="SystemAccounts">All cash and exchange accounts.</param>
/// <param name="Quotes">For each currency: all dates from the one in force at the head's instant on, the newest revision of each.</param>
public sealed record BookBase(BookRow Row, IReadOnlyList<Account> SystemAccounts, IReadOnlyList<Quote> Quotes);

/// <summary>What was looked up. What was asked for and is not here does not exist.</summary>
/// <param name="Row">The book's row; null when there is no such book. Where it is not the one that the caller knew before, the rest may be older.</param>
/// <param name="Keys">The last operation of the group that used a key.</param>
public sealed record Found(
    BookRow? Row,
    IReadOnlyList<Account> Accounts,
    IReadOnlyList<Customer> Customers,
    IReadOnlyDictionary<CustomerCode, long> CustomerCodes,
    IReadOnlyDictionary<AccountCode, long> AccountCodes,
    IReadOnlyDictionary<KeyDigest, long> Keys);
