using System.Collections.Concurrent;
using Kopeck.Engine.Execution;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine;

/// <summary>The business layer's entrance: many callers in, one durable batch a book out. Safe for concurrent use.</summary>
public sealed class LedgerEngine : IAsyncDisposable
{
    const int OpenAttempts = 20;

    readonly ConcurrentDictionary<BookName, Lazy<BookExecutor>> executors = new();
    readonly ConcurrentDictionary<BookName, JournalFollower> followers = new();
    readonly EngineOptions options;
    readonly TimeProvider time;
    readonly ISaltSource salts;
    readonly ILogger<LedgerEngine> logger;

    /// <summary>An engine on a store, which it does not dispose.</summary>
    /// <param name="sharedQuotes">Where nodes share quotes that were read, if anywhere; not disposed. It must answer at once, also when it is away: with nothing.</param>
    public LedgerEngine(ILedgerStore store, EngineOptions options, TimeProvider time, ISaltSource salts, ILogger<LedgerEngine> logger, IDistributedCache? sharedQuotes = null)
    {
        Store = store;
        this.options = options;
        this.time = time;
        this.salts = salts;
        this.logger = logger;
        Quotes = new QuoteCache(store, sharedQuotes, logger);
    }

    /// <summary>The store.</summary>
    public ILedgerStore Store { get; }

    /// <summary>Quotes in force by date.</summary>
    public QuoteCache Quotes { get; }

    /// <summary>Commands that wait, over all books.</summary>
    public int Waiting => executors.Values.Sum(executor => executor.IsValueCreated ? executor.Value.Waiting : 0);

    /// <summary>What became of the batches of each book that was written to on this node.</summary>
    public IReadOnlyList<(BookName Book, BatchCounts Counts)> Batches =>
        [.. executors.Where(executor => executor.Value.IsValueCreated).Select(executor => (executor.Key, executor.Value.Value.Counts))];

    /// <summary>Does one command, or decides it only. Answers after the commit; the outcome says when the store is unavailable.</summary>
    public async ValueTask<Outcome> SubmitAsync(Caller caller, Request request, bool dryRun = false)
    {
        var outcome = await Executor(caller.Book).SubmitAsync(new Submission(caller, [request], isAtomic: false, dryRun));
        Announce(caller.Book, outcome);
        return outcome.Outcomes[0];
    }

    /// <summary>Does the items in order, each for itself or all or none.</summary>
    /// <param name="key">The batch's own idempotency key, of which the keys of items without one are made; null when every item that needs a key brings it. Sent again with other contents it is <see cref="ErrorCode.KeyReused"/>.</param>
    public async ValueTask<BatchOutcome> SubmitBatchAsync(Caller caller, IReadOnlyList<Request> items, bool atomic, bool dryRun = false, IdempotencyKey? key = null)
    {
        var outcome = await Executor(caller.Book).SubmitAsync(BatchIdentity.ToSubmission(caller, items, atomic, dryRun, key));
        Announce(caller.Book, outcome);
        return outcome;
    }

    /// <summary>Opens a book; <see cref="ErrorCode.AlreadyExists"/> when its name is taken.</summary>
    public async ValueTask<Outcome> OpenBookAsync(BookName book, Currency baseCurrency, int quoteMaxAgeDays, KeyName actor)
    {
        var command = new OpenBook(baseCurrency, quoteMaxAgeDays);
        var origin = new Origin(actor, null, FingerprintWriter.Fingerprint(command, null));
        var opening = JournalWriter.Seal(book, default, [new Draft(new BookOpened(baseCurrency, quoteMaxAgeDays))], Instant.From(time.GetUtcNow()), origin)[0];
        var rows = BatchRowsBuilder.Build(null, [new Applied(opening, null, null)]);
        try
        {
            return await TryOpenAsync(rows)
                ? new Outcome { Group = [opening], AsOf = opening.Number }
                : Outcome.Rejected(ErrorCode.AlreadyExists, $"There is a book {book}: choose another name");
        }
        catch (StorageUnavailableException exception)
        {
            return Outcome.Rejected(ErrorCode.StorageUnavailable, exception.Message);
        }
    }

    /// <summary>The reader of a book. Throws <see cref="StorageUnavailableException"/> when the book was stopped on this node.</summary>
    public ILedgerReader Reader(BookName book)
    {
        ThrowIfStopped(book);
        return Store;
    }

    /// <summary>An account now: of what this node knows, where the book is still at the head that it is known as of, and otherwise of the store. Throws <see cref="StorageUnavailableException"/> when the book was stopped on this node.</summary>
    public ValueTask<AsOf<Account?>> GetAccountAsync(BookName book, long account, CancellationToken cancellationToken)
    {
        ThrowIfStopped(book);
        return executors.TryGetValue(book, out var executor) && executor is { IsValueCreated: true, Value.Accounts: { } known }
            ? Store.GetAccountNowAsync(book, account, known, cancellationToken)
            : Store.GetAccountAsync(book, account, at: null, cancellationToken);
    }

    /// <summary>
    /// Follows a book's journal after a number: first what is there, then what any node commits, in order and without a gap, in pages.
    /// An empty page comes after each <paramref name="beat"/> in which nothing happened. Ends only by cancellation, or by
    /// <see cref="StorageUnavailableException"/>: go on after the last number.
    /// </summary>
    public IAsyncEnumerable<IReadOnlyList<Operation>> WatchAsync(BookName book, long after, TimeSpan beat, CancellationToken cancellationToken)
    {
        ThrowIfStopped(book);
        return followers.GetOrAdd(book, name => new JournalFollower(name, Store, options.HeadLookInterval, logger)).ReadAsync(after, beat, cancellationToken);
    }

    /// <summary>Throws <see cref="StorageUnavailableException"/> when any book was stopped on this node.</summary>
    public void ThrowIfAnyStopped()
    {
        foreach (var book in executors.Keys)
            ThrowIfStopped(book);
    }

    /// <summary>Takes no more commands, finishes those that wait, and answers them.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var executor in executors.Values)
            await executor.Value.DisposeAsync();
        Quotes.Dispose();
    }

    void ThrowIfStopped(BookName book)
    {
        if (executors.TryGetValue(book, out var executor) && executor.Value.StopReason is { } reason)
            throw new StorageUnavailableException($"The book is stopped on this node: {reason}");
    }

    // A commit that opens a book is idempotent by its hash: whether it arrived can be read at leisure.
    async ValueTask<bool> TryOpenAsync(BatchRows rows)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Store.CommitAsync(rows, null) || (await Store.FindBookAsync(rows.Book, CancellationToken.None))?.FirstHash == rows.Next.FirstHash;
            }
            catch (OutcomeUnknownException) when (attempt < OpenAttempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            }
        }
    }

    /// <summary>Wakes those who follow the journal.</summary>
    void Announce(BookName book, BatchOutcome batch)
    {
        if (!followers.TryGetValue(book, out var follower))
            return;
        foreach (var outcome in batch.Outcomes)
        {
            if (outcome is { Group.Count: > 0, IsDryRun: false })
                follower.Announce(outcome.AsOf);
        }
    }

    BookExecutor Executor(BookName book) =>
        executors.GetOrAdd(book, name => new Lazy<BookExecutor>(() => new BookExecutor(name, Store, options, time, salts, logger))).Value;
}
