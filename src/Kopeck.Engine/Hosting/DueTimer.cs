using Kopeck.Engine.Requests;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Hosting;

/// <summary>
/// Wakes books whose journals have due work, also those that this node never served: one query for all books each while. On every node, as
/// the guard makes it harmless that several do.
/// </summary>
sealed class DueTimer : IAsyncDisposable
{
    // Where something is due there may be more of it than one batch takes along; somebody who writes alone must have his turn between.
    const int Hurry = 2;

    readonly IDueWork dueWork;
    readonly BookHosts hosts;
    readonly TimeSpan interval;
    readonly TimeProvider time;
    readonly ILogger logger;
    readonly CancellationTokenSource closing = new();
    readonly Dictionary<BookName, Task<BatchOutcome>> woken = [];
    readonly Task looking;

    public DueTimer(IDueWork dueWork, BookHosts hosts, TimeSpan interval, TimeProvider time, ILogger logger)
    {
        (this.dueWork, this.hosts, this.interval, this.time, this.logger) = (dueWork, hosts, interval, time, logger);
        looking = Task.Run(LookAsync, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        await looking.ConfigureAwait(false);
        closing.Dispose();
    }

    async Task LookAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                var books = await dueWork.FindBooksAsync(Instant.From(time.GetUtcNow()), closing.Token).ConfigureAwait(false);
                var isMoving = false;
                foreach (var book in books)
                    isMoving |= Wake(book);
                await Task.Delay(isMoving ? interval / Hurry : interval, time, closing.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The next look is tried. While the store is away, its callers say so.
                if (exception is not Storage.StorageUnavailableException)
                    logger.DueLookBroken(exception);
                await Task.Delay(interval, time, closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Whether it goes on.
    bool Wake(BookName book)
    {
        var host = hosts.Of(book);
        if (host.StopReason is not null)
            return false;
        if (!woken.TryGetValue(book, out var last) || last.IsCompleted)
            woken[book] = host.WakeAsync();
        return true;
    }
}
