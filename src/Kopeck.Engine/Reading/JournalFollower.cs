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
    const int FirstPageSize = 100;

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
                size = PageSize;
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
