using System.Collections.Concurrent;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;

namespace Kopeck.Postgres.Reading;

/// <summary>
/// Reads of single accounts, gathered: while one query runs, the next gathers, so that many concurrent readers cost the database little
/// more than one. Every query starts after the reads that it answers were asked for, so each sees all that was committed before.
/// </summary>
/// <param name="query">Reads accounts of a book in one snapshot, with the book's head; of what is known, where that is still so.</param>
sealed class AccountReads(
    Func<BookName, long[], KnownAccounts?, CancellationToken, Task<AsOf<Dictionary<long, Account>>>> query) : IAsyncDisposable
{
    const int MaxAccounts = 1_000;

    readonly Func<BookName, long[], KnownAccounts?, CancellationToken, Task<AsOf<Dictionary<long, Account>>>> query = query;
    readonly ConcurrentDictionary<BookName, Lane> lanes = new();
    readonly CancellationTokenSource closing = new();

    /// <summary>An account now; null when there is none.</summary>
    public Task<AsOf<Account?>> FindAsync(BookName book, long account, KnownAccounts? known, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<AsOf<Account?>>(cancellationToken)
            : lanes.GetOrAdd(book, static (name, reads) => new Lane(reads, name), this).FindAsync(account, known)
                .WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync().ConfigureAwait(false);
        closing.Dispose();
    }

    sealed class Lane(AccountReads reads, BookName book)
    {
        readonly Lock gate = new();
        List<Read> waiting = [];
        bool isRunning;

        public Task<AsOf<Account?>> FindAsync(long account, KnownAccounts? known)
        {
            var read = new Read(account, known);
            lock (gate)
            {
                waiting.Add(read);
                if (isRunning)
                    return read.Task;
                isRunning = true;
            }

            _ = RunAsync();
            return read.Task;
        }

        async Task RunAsync()
        {
            while (Take() is { } batch)
            {
                await AnswerAsync(batch).ConfigureAwait(false);
                // Those who were answered go first: what they ask next goes with the next query, which costs the same for one as for many.
                // In the thread pool, whoever's turn it was to ask first.
                if (batch.Count > 1)
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
        }

        List<Read>? Take()
        {
            lock (gate)
            {
                if (waiting.Count == 0)
                {
                    isRunning = false;
                    return null;
                }

                var batch = waiting;
                waiting = [];
                if (batch.Count > MaxAccounts)
                {
                    waiting.AddRange(batch.Skip(MaxAccounts));
                    batch.RemoveRange(MaxAccounts, batch.Count - MaxAccounts);
                }

                return batch;
            }
        }

        async Task AnswerAsync(List<Read> batch)
        {
            try
            {
                var (accounts, number) =
                    await reads.query(book, [.. batch.Select(read => read.Account).Distinct()], batch[^1].Known, reads.closing.Token)
                    .ConfigureAwait(false);
                foreach (var read in batch)
                    read.TrySetResult(new AsOf<Account?>(accounts.GetValueOrDefault(read.Account), number));
            }
            catch (OperationCanceledException)
            {
                foreach (var read in batch)
                    read.TrySetException(new StorageUnavailableException("This node is shutting down"));
            }
            catch (Exception exception)
            {
                // Each of them asked for it: each is told.
                foreach (var read in batch)
                    read.TrySetException(exception);
            }
        }
    }

    sealed class Read(long account, KnownAccounts? known) : TaskCompletionSource<AsOf<Account?>>(
        TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long Account => account;

        public KnownAccounts? Known => known;
    }
}
