using Kopeck.Engine.Execution;
using Kopeck.Engine.Hosting;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Quotes;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes.Feeds;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine;

/// <summary>The business layer's entrance: many callers in, one durable batch a book out. Safe for concurrent use.</summary>
public sealed class LedgerEngine : IAsyncDisposable
{
    const int OpenAttempts = 20;

    static readonly TimeSpan OpenPause = TimeSpan.FromMilliseconds(100);

    readonly BookHosts hosts;
    readonly HeadWatcher heads;
    readonly JournalFollower follower;
    readonly DueTimer? dueTimer;
    readonly DatabaseClock? databaseClock;
    readonly TimeProvider time;
    readonly ISaltSource salts;

    /// <summary>An engine on a store, which it does not dispose.</summary>
    /// <param name="sharedQuotes">
    /// Where nodes share quotes that were read, if anywhere; not disposed. It must answer at once, also when it is away: with nothing.
    /// </param>
    /// <param name="dueWork">What the journals' own time makes happen; the end of holds if null.</param>
    public LedgerEngine(
        ILedgerStore store, EngineOptions options, TimeProvider time, ISaltSource salts, ILogger<LedgerEngine> logger,
        IDistributedCache? sharedQuotes = null, IDueWork? dueWork = null)
    {
        Store = store;
        this.time = time;
        this.salts = salts;
        var calm = new UnfailingLogger(logger);
        var work = dueWork ?? new HoldExpiry(store);
        databaseClock = options.ComparesClocks ? new DatabaseClock(store, options.MaxClockSkew, time, calm) : null;
        var parts = new EngineParts(store, options, time, salts, work, databaseClock, calm);
        hosts = new BookHosts(parts, (book, number) => heads!.Announce(book, number));
        heads = new HeadWatcher(store, options, time, calm);
        follower = new JournalFollower(store, heads, time);
        dueTimer = options.LooksForDueWork ? new DueTimer(work, hosts, options.DueLookInterval, time, calm) : null;
        Quotes = new QuoteCache(store, sharedQuotes, logger);
    }

    /// <summary>The store.</summary>
    public ILedgerStore Store { get; }

    /// <summary>Quotes in force by date.</summary>
    public QuoteCache Quotes { get; }

    /// <summary>Commands that wait, over all books.</summary>
    public int Waiting => hosts.All.Sum(host => host.Waiting);

    /// <summary>How each book is that was written to on this node.</summary>
    public IReadOnlyList<BookHealth> Books => [.. hosts.All.Select(host => host.Health)];

    /// <summary>Accounts that are in memory, of all books.</summary>
    public long KnownAccounts => hosts.Memory.Accounts;

    /// <summary>Keys, codes, customers and absent ids that are in memory, of all books.</summary>
    public long KnownLookups => hosts.Memory.Lookups;

    /// <summary>Does one command, or decides it only. Answers after the commit; the outcome says when the store is unavailable.</summary>
    public async ValueTask<Outcome> SubmitAsync(Caller caller, Request request, bool dryRun = false)
    {
        var submission = new Submission(caller, [request], isAtomic: false, dryRun);
        return (await hosts.Of(caller.Book).SubmitAsync(submission).ConfigureAwait(false)).Outcomes[0];
    }

    /// <summary>Does the items in order, each for itself or all or none.</summary>
    /// <param name="key">
    /// The batch's own idempotency key, of which the keys of items without one are made; null when every item that needs a key brings it.
    /// Sent again with other contents it is <see cref="ErrorCode.KeyReused"/>.
    /// </param>
    public async ValueTask<BatchOutcome> SubmitBatchAsync(
        Caller caller, IReadOnlyList<Request> items, bool atomic, bool dryRun = false, IdempotencyKey? key = null)
    {
        var submission = BatchIdentity.ToSubmission(caller, items, atomic, dryRun, key);
        return await hosts.Of(caller.Book).SubmitAsync(submission).ConfigureAwait(false);
    }

    /// <summary>
    /// Loads the quotes of a feed in the book's base currency: all of it is judged before anything is written, then each date is written
    /// whole or not at all, so that other writers need not wait for a long feed. What is so already writes nothing, so that a retry goes on
    /// where an attempt stopped.
    /// </summary>
    /// <param name="key">Of which a key for each date is made, as for the items of a batch.</param>
    public ValueTask<QuoteLoadOutcome> ImportQuotesAsync(Caller caller, FeedContent feed, IdempotencyKey? key, bool dryRun = false) =>
        Loading.ImportAsync(caller, feed, key, dryRun);

    /// <summary>Loads quotes of a date. What is so already writes nothing.</summary>
    public ValueTask<QuoteLoadOutcome> LoadQuotesAsync(Caller caller, LoadQuotes load, IdempotencyKey? key, bool dryRun = false) =>
        Loading.LoadAsync(caller, load, key, dryRun);

    /// <summary>Opens a book whose days are those of UTC; <see cref="ErrorCode.AlreadyExists"/> when its name is taken.</summary>
    public ValueTask<Outcome> OpenBookAsync(BookName book, Currency baseCurrency, int quoteMaxAgeDays, KeyName actor) =>
        OpenBookAsync(book, baseCurrency, new BookTerms(quoteMaxAgeDays, BookTerms.Utc), actor);

    /// <summary>Opens a book; <see cref="ErrorCode.AlreadyExists"/> when its name is taken.</summary>
    /// <param name="key">Its first API key, which is there as soon as the book is, and not before.</param>
    public async ValueTask<Outcome> OpenBookAsync(
        BookName book, Currency baseCurrency, BookTerms terms, KeyName actor, ApiKey? key = null)
    {
        var command = new OpenBook(baseCurrency, terms);
        var origin = new Origin(actor, null, Fingerprint.Of(command, null, null));
        var secret = new BookSecret(salts.Next());
        var draft = new Draft(new BookOpened(baseCurrency, terms, secret.Digest));
        var opening = JournalWriter.Seal(book, secret, default, [draft], Instant.From(time.GetUtcNow()), origin)[0];
        var rows = BatchRowsBuilder.Build(null, [new Applied(opening, Touched.Nothing, [], [])], secret);
        if (key is not null)
            rows.ApiKeys.Add(key);
        try
        {
            return await TryOpenAsync(rows).ConfigureAwait(false)
                ? new Outcome { Group = [opening], AsOf = opening.Number }
                : Outcome.Rejected(Taken(book));
        }
        catch (StorageUnavailableException exception)
        {
            return Outcome.Rejected(ErrorCode.StorageUnavailable, exception.Message);
        }
    }

    /// <summary>Why a book of this name could not be opened; null when it could.</summary>
    public async ValueTask<Rejection?> FindTakenAsync(BookName book, CancellationToken cancellationToken) =>
        await Store.FindBookAsync(book, cancellationToken).ConfigureAwait(false) is null ? null : Taken(book);

    /// <summary>The reader of a book. Throws <see cref="StorageUnavailableException"/> when the book was stopped on this node.</summary>
    public ILedgerReader Reader(BookName book)
    {
        ThrowIfStopped(book);
        return Store;
    }

    /// <summary>
    /// An account now: of what this node knows, where the book is still at the head that it is known as of, and otherwise of the store.
    /// Throws <see cref="StorageUnavailableException"/> when the book was stopped on this node.
    /// </summary>
    public ValueTask<AsOf<Account?>> GetAccountAsync(BookName book, long account, CancellationToken cancellationToken)
    {
        ThrowIfStopped(book);
        return hosts.Find(book)?.Accounts is { } known
            ? Store.GetAccountNowAsync(book, account, known, cancellationToken)
            : Store.GetAccountAsync(book, account, at: null, cancellationToken);
    }

    /// <summary>
    /// Follows a book's journal after a number: first what is there, then what any node commits, in order and without a gap, in pages.
    /// An empty page comes after each <paramref name="beat"/> in which nothing happened. Ends only by cancellation, or by
    /// <see cref="StorageUnavailableException"/>: go on after the last number.
    /// </summary>
    public IAsyncEnumerable<IReadOnlyList<Operation>> WatchAsync(
        BookName book, long after, TimeSpan beat, CancellationToken cancellationToken)
    {
        ThrowIfStopped(book);
        return follower.ReadAsync(book, after, beat, cancellationToken);
    }

    /// <summary>
    /// Throws <see cref="StorageUnavailableException"/> when the store cannot be reached, or takes no writes. Says nothing of single books:
    /// those are <see cref="Books"/>.
    /// </summary>
    /// <exception cref="ClockSkewException">This node's clock is wrong.</exception>
    public ValueTask CheckAsync(CancellationToken cancellationToken) =>
        databaseClock?.Problem is { } problem
            ? ValueTask.FromException(new ClockSkewException(problem))
            : Store.CheckAsync(cancellationToken);

    /// <summary>Compares this node's clock with the database server's now, where that is to be done.</summary>
    public Task CompareClocksAsync(CancellationToken cancellationToken) =>
        databaseClock?.LookAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Takes no more commands, finishes those that wait, and answers them.</summary>
    public async ValueTask DisposeAsync()
    {
        if (dueTimer is not null)
            await dueTimer.DisposeAsync().ConfigureAwait(false);
        if (databaseClock is not null)
            await databaseClock.DisposeAsync().ConfigureAwait(false);
        await heads.DisposeAsync().ConfigureAwait(false);
        await hosts.DisposeAsync().ConfigureAwait(false);
        Quotes.Dispose();
    }

    static Rejection Taken(BookName book) => new(ErrorCode.AlreadyExists, $"There is a book {book}: choose another name");

    void ThrowIfStopped(BookName book)
    {
        if (hosts.Find(book)?.StopReason is { } reason)
            throw new StorageUnavailableException($"The book is stopped on this node: {reason}");
    }

    // A commit that opens a book is idempotent by its hash: whether it arrived can be read at leisure.
    async ValueTask<bool> TryOpenAsync(BatchRows rows)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Store.CommitAsync(rows, null).ConfigureAwait(false)
                    || (
                        await Store.FindBookAsync(rows.Book, CancellationToken.None)
                            .ConfigureAwait(false))?.FirstHash == rows.Next.FirstHash;
            }
            catch (OutcomeUnknownException) when (attempt < OpenAttempts)
            {
                await Task.Delay(OpenPause, time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    QuoteLoading Loading => new(Store, time, (book, submission) => hosts.Of(book).SubmitAsync(submission));
}
