using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Hosting;

/// <summary>The end of holds: what remains of one is free again when its time comes.</summary>
sealed class HoldExpiry(ILedgerStore store) : IDueWork
{
    // A batch is decided within this of its look-ups; if it is not, its instant is that up to which they reach.
    const long MarginMicroseconds = 60_000_000;

    public ValueTask<IReadOnlyCollection<BookName>> FindBooksAsync(Instant until, CancellationToken cancellationToken) =>
        store.FindBooksWithDueHoldsAsync(until, cancellationToken);

    public void CollectNeeds(BookState state, Instant until, Needs needs) =>
        needs.DueUntil = new Instant(Math.Max(until.Microseconds, state.Head.At.Microseconds) + MarginMicroseconds);

    public Instant? Next(BookState state) => state.NextEnd;

    public Instant LatestDecidable(BookState state, Instant at) => state.LatestDecidable(at);

    public IReadOnlyList<DueItem> Find(BookState state, IReadOnlySet<long>? accounts, Instant at, int limit) =>
        [.. state.FindDue(accounts, at, limit).Select(end => new DueItem(end.At, end.Id, new ExpireHold(end.Id)))];
}
