using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Execution;

/// <summary>Sends decided batches to the store, and lets locks go.</summary>
sealed class BatchSender(BookName book, ILedgerStore store, BookMemory memory, BatchCounts counts, TimeProvider time, ILogger logger)
{
    /// <summary>Starts to write what was decided; rejections and replays too are told only under a confirmed head.</summary>
    public CommittingBatch Send(List<Submission> batch, Decisions decisions, IBookLock? held)
    {
        var before = memory.Row;
        if (decisions.Applied.Count == 0)
            return new CommittingBatch(batch, decisions, null, null, ReadHeadAsync()) { Before = before, Lock = held };
        var rows = BatchRowsBuilder.Build(before, decisions.Applied);
        return new CommittingBatch(batch, decisions, rows, CommitAsync(batch, rows, held), null) { Before = before, Lock = held };
    }

    /// <summary>Lets a lock go. Where that fails the store does it by itself, and nobody's answer depends on it.</summary>
    public async Task ReleaseAsync(IBookLock? held)
    {
        try
        {
            if (held is not null)
                await held.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logger.LockNotReleased(exception, book);
        }
    }

    // Whatever a store throws before it returns a task is what became of the commit, too.
    async Task<bool> CommitAsync(List<Submission> batch, BatchRows rows, IBookLock? held)
    {
        using var span = EngineTrace.StartCommit(book, batch, rows.Operations.Count);
        var started = time.GetTimestamp();
        var isDone = await store.CommitAsync(rows, held).ConfigureAwait(false);
        counts.CommitDurations.Add(time.GetElapsedTime(started));
        span?.SetTag("kopeck.committed", isDone);
        return isDone;
    }

    async Task<BookRow?> ReadHeadAsync() => await store.FindBookAsync(book, CancellationToken.None).ConfigureAwait(false);
}
