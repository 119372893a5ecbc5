using System.Runtime.CompilerServices;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Reading;

/// <summary>Lets many readers follow a book's journal: woken at once by what this node writes, and by one look a while at the head for what others write.</summary>
sealed class JournalFollower(BookName book, ILedgerStore store, TimeSpan lookInterval, ILogger logger)
{
    const int PageSize = 500;

    readonly Lock gate = new();
    TaskCompletionSource woken = New();
    long head;
    int readers;
    volatile string? broken;
    Task looking = Task.CompletedTask;

    /// <summary>Tells readers that the journal reaches a number.</summary>
    public void Announce(long number)
    {
        lock (gate)
        {
            if (number > head)
            {
                head = number;
                Wake();
            }
        }
    }

    /// <summary>Pages of operations after a number, in order and without a gap, for as long as they are wanted; an empty page after each <paramref name="beat"/> in which nothing happened.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Operation>> ReadAsync(long after, TimeSpan beat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Join();
        try
        {
            while (true)
            {
                if (broken is { } reason)
                    throw new StorageReplacedException(reason);
                // Taken before the read: what is committed after it wakes this.
                var next = Volatile.Read(ref woken).Task;
                var page = await store.ReadJournalAsync(book, after, PageSize, cancellationToken);
                foreach (var operation in page)
                {
                    if (operation.Number != ++after)
                        throw new StorageReplacedException($"The journal has operation {operation.Number} where {after} should be");
                }

                if (page.Count > 0)
                {
                    Announce(after);
                    yield return page;
                }

                if (page.Count == PageSize || await WaitAsync(next, beat, cancellationToken))
                    continue;
                yield return [];
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Whether there is something new, within a time.</summary>
    static async ValueTask<bool> WaitAsync(Task next, TimeSpan beat, CancellationToken cancellationToken)
    {
        try
        {
            await next.WaitAsync(beat, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    void Join()
    {
        lock (gate)
        {
            if (readers++ == 0)
                looking = LookAsync(looking);
        }
    }

    void Leave()
    {
        lock (gate)
            readers--;
    }

    async Task LookAsync(Task before)
    {
        await before;
        while (true)
        {
            await Task.Delay(lookInterval, CancellationToken.None);
            long known;
            lock (gate)
            {
                if (readers == 0)
                    return;
                known = head;
            }

            try
            {
                var found = (await store.FindBookAsync(book, CancellationToken.None))?.Head.Number ?? 0;
                if (found < known)
                    Break($"The journal ends at operation {found}, but readers had operation {known}: an older copy was put in its place");
                else
                    Announce(found);
            }
            catch (Exception exception)
            {
                // Nobody awaits this: were it to end, readers would wait for ever. They look for themselves, and are told.
                if (exception is not StorageUnavailableException)
                    logger.LookBroken(exception, book);
                lock (gate)
                    Wake();
            }
        }
    }

    void Break(string reason)
    {
        broken = reason;
        lock (gate)
            Wake();
    }

    void Wake()
    {
        var sleepers = woken;
        woken = New();
        sleepers.SetResult();
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
