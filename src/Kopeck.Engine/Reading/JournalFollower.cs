using System.Runtime.CompilerServices;
using Kopeck.Engine.Hosting;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Reading;

/// <summary>Lets any number of readers follow books' journals, each woken when its book's head moves.</summary>
sealed class JournalFollower(ILedgerStore store, HeadWatcher heads, TimeProvider time)
{
    const int PageSize = 500;

    // Whoever goes away at once has cost no more than this.
    const int FirstPageSize = 25;

    // Of what the operations are stored as: so much is at hand of one who does not read. An operation may be larger by itself.
    const long PageBytes = 256 << 10;

    /// <summary>
    /// Pages of operations after a number, in order and without a gap, for as long as they are wanted; an empty page after each
    /// <paramref name="beat"/> in which nothing happened.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<Operation>> ReadAsync(
        BookName book, long after, TimeSpan beat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = heads.Watch(book);
        var size = FirstPageSize;
        try
        {
            while (true)
            {
                if (head.Problem is { } reason)
                    throw new StorageReplacedException(reason);
                // Taken before the read: what is committed after it wakes this.
                var next = head.Next;
                var page = await store.ReadJournalAsync(book, after, size, cancellationToken).ConfigureAwait(false);
                foreach (var operation in page)
                {
                    if (operation.Number != ++after)
                        throw new StorageReplacedException($"The journal has operation {operation.Number} where {after} should be");
                }

                if (page.Count > 0)
                {
                    heads.Announce(book, after);
                    yield return page;
                }

                var isFull = page.Count == size;
                size = page.Count == 0 ? size : NextSize(page, size);
                if (isFull || await WaitAsync(next, beat, cancellationToken).ConfigureAwait(false))
                    continue;
                yield return [];
            }
        }
        finally
        {
            heads.Leave(book, head);
        }
    }

    // What comes next is taken to be as large as what came.
    static int NextSize(IReadOnlyList<Operation> page, int size)
    {
        var bytes = page.Sum(operation => operation.Canonical is { } stored ? (long)stored.Body.Length + stored.Entries.Length : 0);
        return (int)Math.Clamp(PageBytes * page.Count / Math.Max(1, bytes), 1, Math.Min(PageSize, size * 4));
    }

    /// <summary>Whether there is something new, within a time.</summary>
    async ValueTask<bool> WaitAsync(Task next, TimeSpan beat, CancellationToken cancellationToken)
    {
        try
        {
            await next.WaitAsync(beat, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
