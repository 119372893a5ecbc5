using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Hosting;

/// <summary>
/// What a journal's own time makes happen, such as the end of a hold: written by the book's executor before the commands of a batch, once
/// the batch's instant is fixed. Called by many books' executors at once.
/// </summary>
public interface IDueWork
{
    /// <summary>
    /// The books that have due work until an instant, in one query for all books, also of those that this node never served.
    /// </summary>
    ValueTask<IReadOnlyCollection<BookName>> FindBooksAsync(Instant until, CancellationToken cancellationToken);

    /// <summary>
    /// Adds what must be looked up so that the due work of a book until an instant, as far as a batch takes it along, can be found and
    /// decided.
    /// </summary>
    void CollectNeeds(BookState state, Instant until, Needs needs);

    /// <summary>When the next due item of a book is due, of what is known of it; null when there is none.</summary>
    Instant? Next(BookState state);

    /// <summary>
    /// The latest instant, up to a given one, at which what is due of the accounts that commands touch is known: a batch is decided then,
    /// at the head's instant at the least.
    /// </summary>
    Instant LatestDecidable(BookState state, Instant at);

    /// <summary>What is due at an instant, in the order (instant, id): of some accounts, or of any.</summary>
    /// <param name="accounts">The accounts that commands name or reach; null for all of the book.</param>
    /// <param name="limit">How many at the most.</param>
    IReadOnlyList<DueItem> Find(BookState state, IReadOnlySet<long>? accounts, Instant at, int limit);
}
