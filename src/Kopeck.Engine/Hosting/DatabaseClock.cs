using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Hosting;

/// <summary>
/// Compares this node's clock with the database server's. That is asked every few seconds; in between, the time that has passed by itself
/// is added, which a clock that is set does not change. So a jump of either is seen at once, and nothing is written by a wrong clock.
/// </summary>
sealed class DatabaseClock : IAsyncDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // An answer that took longer says too little of when it was given.
    static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    readonly ILedgerStore store;
    readonly TimeSpan most;
    readonly TimeProvider time;
    readonly ILogger logger;
    readonly CancellationTokenSource closing = new();
    readonly Task looking;
    volatile Seen? seen;
    bool wasApart;

    public DatabaseClock(ILedgerStore store, TimeSpan most, TimeProvider time, ILogger logger)
    {
        (this.store, this.most, this.time, this.logger) = (store, most, time, logger);
        looking = Task.Run(LookAgainAsync, CancellationToken.None);
    }

    /// <summary>Why nothing may be written by this node's clock; null when all is well, or nothing is known.</summary>
    public string? Problem
    {
        get
        {
            if (seen is not { } last)
                return null;
            var expected = last.At.Plus(time.GetElapsedTime(last.Stamp));
            var apart = TimeSpan.FromMicroseconds(Instant.From(time.GetUtcNow()).Microseconds - expected.Microseconds);
            return apart.Duration() <= most
                ? null
                : $"This node's clock is {(long)apart.Duration().TotalSeconds} s {(apart > TimeSpan.Zero ? "ahead of" : "behind")} the database server's: nothing is written until it is set right";
        }
    }

    /// <summary>Asks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var before = time.GetTimestamp();
        if (await store.ReadClockAsync(cancellationToken).ConfigureAwait(false) is not { } at)
            return;
        var took = time.GetElapsedTime(before);
        if (took <= LongestLook)
            seen = new Seen(at.Plus(took / 2), time.GetTimestamp());
        var problem = Problem;
        if (problem is not null && !wasApart)
            logger.ClocksApart(problem);
        wasApart = problem is not null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        await looking.ConfigureAwait(false);
        closing.Dispose();
    }

    async Task LookAgainAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Interval, time, closing.Token).ConfigureAwait(false);
                await LookAsync(closing.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // What is known goes on; while the store is away, its callers say so.
                if (exception is not StorageUnavailableException)
                    logger.LookBroken(exception);
            }
        }
    }

    sealed record Seen(Instant At, long Stamp);
}
