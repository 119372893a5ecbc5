using Kopeck.Engine.Hosting;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Tests;

/// <summary>Accounts that are to be frozen at an instant: due work as long as they are open.</summary>
/// <param name="wakes">Whether it tells of books, so that they are woken.</param>
sealed class FakeDueWork(ILedgerStore store, IReadOnlyDictionary<long, Instant> dueAt, bool wakes = true) : IDueWork
{
    public async ValueTask<IReadOnlyCollection<BookName>> FindBooksAsync(Instant until, CancellationToken cancellationToken)
    {
        foreach (var (account, at) in dueAt)
        {
            if (wakes
                && at <= until
                && (await store.GetAccountAsync(TestBook.Name, account, null, cancellationToken)).Value!.Status == AccountStatus.Open)
                return [TestBook.Name];
        }

        return [];
    }

    public void CollectNeeds(BookState state, Instant until, Needs needs) =>
        needs.Accounts.UnionWith(dueAt.Where(each => each.Value <= until).Select(each => each.Key));

    public Instant? Next(BookState state) => Open(state).Select(each => (Instant?)each.At).FirstOrDefault();

    public Instant LatestDecidable(BookState state, Instant at) => at;

    public IReadOnlyList<DueItem> Find(BookState state, IReadOnlySet<long>? accounts, Instant at, int limit) =>
        [.. Open(state).Where(item => item.At <= at && accounts?.Contains(item.Id) != false).Take(limit)];

    IEnumerable<DueItem> Open(BookState state) => dueAt
        .Where(each => state.FindAccount(each.Key)?.Status == AccountStatus.Open)
        .OrderBy(each => each.Value).ThenBy(each => each.Key)
        .Select(each => new DueItem(each.Value, each.Key, new FreezeAccount(each.Key, AccountStatus.Frozen)));
}
