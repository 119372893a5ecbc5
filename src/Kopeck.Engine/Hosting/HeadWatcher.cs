using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Hosting;

/// <summary>
/// Watches the heads of all books that somebody follows, in one place: told at once of what this node commits, and of other nodes' commits
/// by the store where it tells them, and by one query for all books each while behind that. Nothing runs while nobody follows anything.
/// Safe for concurrent use.
/// </summary>
sealed class HeadWatcher(ILedgerStore store, EngineOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    readonly Lock gate = new();
    readonly Dictionary<BookName, WatchedHead> watched = [];
    readonly CancellationTokenSource closing = new();
    TaskCompletionSource lookNow = NewSignal();
    Task looking = Task.CompletedTask;
    bool isLooking;

    TimeSpan Interval => store.TellsCommits ? options.HeadPollInterval : options.HeadLookInterval;

    /// <summary>A book's head, watched until it is left.</summary>
    public WatchedHead Watch(BookName book)
    {
        lock (gate)
        {
            if (!watched.TryGetValue(book, out var head))
                watched.Add(book, head = new WatchedHead());
            head.Readers++;
            if (!isLooking)
            {
                isLooking = true;
                looking = Task.Run(LookAsync, CancellationToken.None);
            }

            return head;
        }
    }

    public void Leave(BookName book, WatchedHead head)
    {
        lock (gate)
        {
            if (--head.Readers == 0 && watched.GetValueOrDefault(book) == head)
                watched.Remove(book);
        }
    }

    /// <summary>A journal reaches a number.</summary>
    public void Announce(BookName book, long number)
    {
        lock (gate)
            watched.GetValueOrDefault(book)?.Reach(number);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        Task last;
        lock (gate)
            last = looking;
        await last.ConfigureAwait(false);
        closing.Dispose();
    }

    async Task LookAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        var listening = store.TellsCommits ? ListenAsync(stop.Token) : Task.CompletedTask;
        while (TakeWatched() is { } books)
        {
            // Taken before the look: what asks for one while it runs gets another.
            var now = Volatile.Read(ref lookNow).Task;
            await TryLookAsync(books).ConfigureAwait(false);
            await Task.WhenAny(now, Task.Delay(Interval, time, stop.Token)).ConfigureAwait(false);
        }

        await stop.CancelAsync().ConfigureAwait(false);
        await listening.ConfigureAwait(false);
    }

    /// <summary>What is watched, and the number up to which it is known; null when this is to end.</summary>
    Dictionary<BookName, (WatchedHead Head, long Known)>? TakeWatched()
    {
        lock (gate)
        {
            isLooking = watched.Count > 0 && !closing.IsCancellationRequested;
            return isLooking ? watched.ToDictionary(each => each.Key, each => (each.Value, each.Value.Number)) : null;
        }
    }

    async Task TryLookAsync(Dictionary<BookName, (WatchedHead Head, long Known)> books)
    {
        try
        {
            var found = await store.ReadHeadsAsync(books.Keys, CancellationToken.None).ConfigureAwait(false);
            lock (gate)
            {
                foreach (var (book, (head, known)) in books)
                    See(book, head, known, found.GetValueOrDefault(book));
            }
        }
        catch (Exception exception)
        {
            // Nobody awaits this: were it to end, readers would wait for ever. They look for themselves, and are told.
            if (exception is not StorageUnavailableException)
                logger.LookBroken(exception);
            lock (gate)
            {
                foreach (var (head, _) in books.Values)
                    head.Wake();
            }
        }
    }

    void See(BookName book, WatchedHead head, long known, long found)
    {
        if (found >= known)
        {
            head.Reach(found);
            return;
        }

        // Whoever follows it now is told. Who comes later starts anew: the store may be sound again.
        head.Break($"The journal ends at operation {found}, but readers had operation {known}: an older copy was put in its place");
        if (watched.GetValueOrDefault(book) == head)
            watched.Remove(book);
    }

    async Task ListenAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await store.ListenAsync(LookNow, Announce, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.ListeningEnded(exception.Message, options.HeadPollInterval);
            }

            await Task.Delay(options.HeadPollInterval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What was committed before the store began to tell is not told.
    void LookNow() => Interlocked.Exchange(ref lookNow, NewSignal()).TrySetResult();

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
