using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Execution;

/// <summary>
/// What this node told callers of a book, which the store must go on holding, and what it owes them. It stays while the book's state
/// comes and goes: a store that is found behind it, or on another history, stops the book on this node.
/// </summary>
sealed class AcknowledgedHistory(BookName book, ILogger logger)
{
    volatile string? stopReason;

    /// <summary>The last operation that this node acknowledged or read.</summary>
    public Head Head { get; private set; }

    /// <summary>The hash of operation 1; null as long as this node never saw the book.</summary>
    public Digest? FirstHash { get; private set; }

    /// <summary>
    /// Whether the epoch must be raised before anything is written: a commit's outcome was not learnt, and it may still arrive.
    /// </summary>
    public bool IsEpochOwed { get; set; }

    /// <summary>Why the book is stopped on this node; null while it runs.</summary>
    public string? StopReason => stopReason;

    /// <summary>Stops the book on this node until it is restarted: the store does not hold the history that was acknowledged.</summary>
    public void Stop(string reason)
    {
        if (stopReason is not null)
            return;
        stopReason = reason;
        logger.BookStopped(book, reason);
    }

    public void ThrowIfStopped()
    {
        if (stopReason is { } reason)
            throw new StorageUnavailableException($"The book is stopped on this node: {reason}");
    }

    /// <summary>From now on the store must hold this.</summary>
    public void Acknowledge(BookRow row)
    {
        FirstHash = row.FirstHash;
        Head = row.Head;
    }

    /// <summary>
    /// Throws <see cref="StorageReplacedException"/> when a row of the store is behind what was acknowledged, or of another history.
    /// </summary>
    public void Check(BookRow? found)
    {
        if (found is null)
            throw new StorageReplacedException($"Book {book} is gone");
        if (FirstHash is { } first && first != found.FirstHash)
            throw new StorageReplacedException($"Book {book} is another one of the same name");
        if (found.Head.Number < Head.Number)
        {
            throw new StorageReplacedException($"The journal ends at operation {found.Head.Number}, but this node acknowledged operation "
                + $"{Head.Number}: an older copy was put in its place");
        }

        if (found.Head.Number == Head.Number && Head.Number > 0)
            RequireSame(found.Head.Hash, Head.Hash);
    }

    /// <summary>Throws <see cref="StorageReplacedException"/> when a hash of the store is not the one that is known.</summary>
    public static void RequireSame(Digest stored, Digest known)
    {
        if (stored != known)
            throw new StorageReplacedException("The journal's hash is not the one that this node knows: the history was rewritten");
    }
}
