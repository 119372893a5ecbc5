using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Execution;

/// <summary>Finds out what became of a commit that was not answered.</summary>
sealed class OutcomeInquiry(
    BookName book, ILedgerStore store, BookMemory memory, AcknowledgedHistory history, TimeSpan patience, TimeProvider time, ILogger logger)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Does what is owed from a commit whose outcome was not learnt. Not under a lock: it writes by itself.</summary>
    public async Task SettleAsync()
    {
        history.ThrowIfStopped();
        if (history.IsEpochOwed)
            await RaiseEpochAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Raises the epoch first, so that the lost batch can no longer arrive, and only then looks whether it did. Waits as long as callers
    /// are patient; then they are told to ask again, and the raise is owed before anything else is written.
    /// </summary>
    /// <returns>The book's row from then on when the batch was committed; null when it was not, and never will be.</returns>
    public async Task<BookRow?> LearnAsync(BatchRows rows, Exception cause)
    {
        history.IsEpochOwed = true;
        var started = time.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            try
            {
                var committed = await RaiseAndCompareAsync(rows).ConfigureAwait(false);
                logger.OutcomeLearnt(book, rows.Next.Head.Number, committed is not null);
                return committed;
            }
            catch (StorageUnavailableException exception) when (exception is not StorageReplacedException)
            {
                if (time.GetElapsedTime(started) > patience)
                    throw new StorageUnavailableException("Whether this was written could not be learnt", cause);
                await Task.Delay(pause, time, CancellationToken.None).ConfigureAwait(false);
                pause = pause + pause > LongestPause ? LongestPause : pause + pause;
            }
        }
    }

    async Task<BookRow?> RaiseAndCompareAsync(BatchRows rows)
    {
        var raised = await RaiseEpochAsync().ConfigureAwait(false);
        var next = rows.Next.Head;
        if (raised.Head.Number >= next.Number)
        {
            var hash = raised.Head.Number == next.Number
                ? raised.Head.Hash
                : (await store.GetOperationAsync(book, next.Number, CancellationToken.None).ConfigureAwait(false))?.Hash;
            if (hash == next.Hash)
                return rows.Next with { Epoch = raised.Epoch };
        }

        // The row keeps its old head, so that the caller's rolled-back state agrees with it; the new epoch counts.
        memory.Renew(rows.Expected! with { Epoch = raised.Epoch });
        return null;
    }

    async Task<BookRow> RaiseEpochAsync()
    {
        var raised = await store.BumpEpochAsync(book).ConfigureAwait(false);
        history.Check(raised);
        history.IsEpochOwed = false;
        if (memory.IsLoaded)
            memory.Renew(memory.Row with { Epoch = raised!.Epoch });
        return raised!;
    }
}
