using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.State;
using Microsoft.Extensions.Logging;

namespace Kopeck.Engine.Execution;

/// <summary>What this node knows of a book, kept in step with the store: never partly refreshed, never on another history than the one this node acknowledged.</summary>
sealed class BookMemory(BookName book, ILedgerStore store, EngineOptions options, ILogger logger)
{
    const int JournalPage = 1_000;
    const int MaxOvertaken = 4;
    const long FarBehind = 50_000;

    BookState? state;
    BookRow? row;
    Head acknowledged;
    Digest? firstHash;
    bool isOutcomeOwed;
    volatile string? stopReason;

    public BookState State => state ?? throw new InvalidOperationException("The book was not prepared");

    /// <summary>What readers may know of the accounts, where asking the store for them costs more than asking it for its head.</summary>
    public KnownAccounts? Accounts { get; } = store.IsRemote ? new KnownAccounts(options.MaxKnownAccounts) : null;

    /// <summary>The number of the last operation that this node knows; beyond all where it knows nothing of the book.</summary>
    public long KnownNumber => row?.Head.Number ?? long.MaxValue;

    public BookRow Row => row ?? throw new InvalidOperationException("The book was not prepared");

    public string? StopReason => stopReason;

    /// <summary>Stops the book on this node until it is restarted: the store does not hold the history that was acknowledged.</summary>
    public void Stop(string reason)
    {
        if (stopReason is null)
            logger.BookStopped(book, reason);
        stopReason ??= reason;
    }

    /// <summary>Forgets everything but what was acknowledged; the next batch loads it again.</summary>
    public void Forget()
    {
        state = null;
        row = null;
        Accounts?.Clear();
    }

    /// <summary>Remembers what this node committed: callers may be told of it.</summary>
    public void Acknowledge(BatchRows written, long? epoch = null)
    {
        Accounts?.Advance(written.Operations);
        Acknowledge(epoch is { } raised ? written.Next with { Epoch = raised } : written.Next);
    }

    /// <summary>Does what is owed from a commit whose outcome was not learnt. Not under a lock: it writes by itself.</summary>
    public async Task SettleAsync()
    {
        ThrowIfStopped();
        if (isOutcomeOwed)
            await BumpAsync();
    }

    /// <summary>Brings the state to the store's head with everything that a batch needs, and loads the groups that its keys stand for.</summary>
    /// <param name="withKeys">Whether requests' keys are looked up; otherwise one that is not known is taken as new, and the commit refuses it if it is not.</param>
    /// <param name="held">The lock under which that happens, if any: its row is the newest.</param>
    /// <returns>Null when other nodes wrote faster than this one could follow, which no lock kept them from.</returns>
    public async Task<Dictionary<long, StoredGroup>?> PrepareAsync(List<Submission> batch, bool isRetry, bool withKeys, IBookLock? held = null)
    {
        await SettleAsync();
        if (state is null)
            await LoadAsync();
        else if (held is not null)
            await AdvanceToAsync(held.Row, held.Since);
        else if (isRetry)
            await ConfirmAsync();
        if (isRetry)
        {
            // What the lost try looked up is looked up again, with the groups that its keys stand for.
            State.ForgetLookups(options.MaxKnownAccounts);
        }

        if (State.KnownLookups > options.MaxKnownLookups)
            State.ForgetLookups(options.MaxKnownAccounts);
        for (var overtaken = 0; overtaken < MaxOvertaken || held is not null; overtaken++)
        {
            var needs = BatchNeeds.Of(batch, withKeys);
            State.ReduceToUnknown(needs);
            if (!needs.IsEmpty)
            {
                var found = await store.LookUpAsync(book, needs, CancellationToken.None);
                if (await AdvanceToAsync(found.Row))
                    continue;
                Accounts?.Add(Row.Head, found.Accounts);
                State.Load(needs, found.Accounts, found.Customers, found.CustomerCodes, found.AccountCodes, found.Keys);
            }

            return await LoadGroupsAsync(batch);
        }

        return null;
    }

    /// <summary>
    /// Looks up what submissions need while the batch before them is being written. What this node knows already it keeps knowing until they are
    /// decided; what it does not know that batch did not touch, so it is the same before and after it. Null when the answer is of another history.
    /// </summary>
    public Task<LookAhead?> LookAheadAsync(List<Submission> submissions, bool withKeys, Attempt committing) =>
        LookAheadAsync(BatchNeeds.Of(submissions, withKeys), withKeys, committing.Before, committing.Rows?.Next);

    /// <summary>Whether keys that were taken as new are, as of the batch that is being written. False too when that could not be learnt.</summary>
    public async Task<bool> AreNewAsync(IReadOnlyCollection<KeyDigest> keys, Attempt committing)
    {
        var needs = new Needs();
        needs.Keys.UnionWith(keys);
        return await LookAheadAsync(needs, withKeys: true, committing.Before, committing.Rows?.Next) is { } ahead && (ahead.Found is null || ahead.Found.Keys.Count == 0);
    }

    /// <param name="heads">Where the book may be for the answer to count.</param>
    async Task<LookAhead?> LookAheadAsync(Needs needs, bool withKeys, params BookRow?[] heads)
    {
        try
        {
            State.ReduceToUnknown(needs);
            if (needs.IsEmpty)
                return new LookAhead(needs, null, withKeys);
            var found = await store.LookUpAsync(book, needs, CancellationToken.None);
            return found.Row is { } at && heads.Contains(at) ? new LookAhead(needs, found, withKeys) : null;
        }
        catch (Exception)
        {
            // Whoever needs the store next says so.
            return null;
        }
    }

    /// <summary>Looks up the accounts that submissions need, and keeps them where the book still is as this node knows it. Whoever needs the store next says what fails.</summary>
    public async Task FetchAccountsAsync(List<Submission> submissions)
    {
        if (state is null || State.Head != Row.Head || State.Mark() > 0)
            return;
        var accounts = new Needs();
        accounts.Accounts.UnionWith(BatchNeeds.Of(submissions, withKeys: false).Accounts);
        if (await LookAheadAsync(accounts, withKeys: false, row) is { } ahead)
            Take(ahead);
    }

    /// <summary>Takes what was looked up in advance into the state, now that the batch before is committed. Null when there is none, or it is time to forget.</summary>
    public async Task<Dictionary<long, StoredGroup>?> TryAcceptAsync(Gathering batch)
    {
        if (batch.LookAheads is not { } lookAheads || state is null || isOutcomeOwed || stopReason is not null)
            return null;
        if (state.KnownLookups > options.MaxKnownLookups || state.KnownAccounts > options.MaxKnownAccounts)
        {
            state.ForgetLookups(options.MaxKnownAccounts);
            return null;
        }

        foreach (var ahead in lookAheads)
            Take(ahead);
        return await LoadGroupsAsync(batch.Submissions);
    }

    /// <summary>Takes what was looked up in advance into the state at once, while the batch before is being written. False when some of it was answered before, or it is time to forget.</summary>
    public bool TryTake(LookAhead ahead, List<Submission> submissions)
    {
        if (stopReason is not null || State.KnownLookups > options.MaxKnownLookups || State.KnownAccounts > options.MaxKnownAccounts)
            return false;
        Take(ahead);
        return KnownGroups(submissions) is null;
    }

    /// <summary>Whether keys that were taken as new are. Under the book's lock, or as of the head that a commit or a look at the row confirms afterwards.</summary>
    public async Task<bool> AreNewAsync(IReadOnlyCollection<KeyDigest> keys)
    {
        var needs = new Needs();
        needs.Keys.UnionWith(keys);
        return (await store.LookUpAsync(book, needs, CancellationToken.None)).Keys.Count == 0;
    }

    /// <summary>Whether a row that was read after a decision is the one that it was made on; advances when it is not.</summary>
    public async Task<bool> IsStillAtAsync(BookRow? found) => !await AdvanceToAsync(found);

    /// <summary>Whether the head that a batch was decided on is still the store's; advances when it is not.</summary>
    public async Task<bool> ConfirmAsync() => !await AdvanceToAsync(await store.FindBookAsync(book, CancellationToken.None));

    /// <summary>
    /// After a commit whose outcome is unknown: raises the epoch, so that the lost batch can no longer arrive, and only then looks whether it did.
    /// Waits as long as callers are patient; then they are told to ask again, and the raise is owed before anything else is written.
    /// </summary>
    public async Task<bool> LearnOutcomeAsync(BatchRows rows, OutcomeUnknownException cause, TimeProvider time)
    {
        isOutcomeOwed = true;
        var started = time.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(5);
        while (true)
        {
            try
            {
                var isCommitted = await BumpAndCompareAsync(rows);
                logger.OutcomeLearnt(book, rows.Next.Head.Number, isCommitted);
                return isCommitted;
            }
            catch (StorageUnavailableException exception) when (exception is not StorageReplacedException)
            {
                if (time.GetElapsedTime(started) > options.UnknownOutcomePatience)
                    throw new StorageUnavailableException("Whether this was written could not be learnt", cause);
                await Task.Delay(pause);
                pause = TimeSpan.FromMilliseconds(Math.Min(500, pause.TotalMilliseconds * 2));
            }
        }
    }

    async Task<bool> BumpAndCompareAsync(BatchRows rows)
    {
        var bumped = await BumpAsync();
        var next = rows.Next.Head;
        var isCommitted = bumped.Head.Number >= next.Number
            && (bumped.Head.Number == next.Number ? bumped.Head.Hash : (await store.GetOperationAsync(book, next.Number, CancellationToken.None))?.Hash) == next.Hash;
        if (isCommitted)
        {
            Acknowledge(rows, bumped.Epoch);
            return true;
        }

        // The row keeps its old head, so that the caller's rolled-back state agrees with it; the new epoch counts.
        row = rows.Expected! with { Epoch = bumped.Epoch };
        return false;
    }

    async Task<BookRow> BumpAsync()
    {
        var bumped = await store.BumpEpochAsync(book);
        CheckHistory(bumped);
        isOutcomeOwed = false;
        if (row is not null)
            row = row with { Epoch = bumped!.Epoch };
        return bumped!;
    }

    async Task LoadAsync()
    {
        var loaded = await store.LoadBookAsync(book, CancellationToken.None);
        if (loaded is null && acknowledged.Number == 0)
            throw new BookNotFoundException($"There is no book {book}");
        CheckHistory(loaded?.Row);
        await CheckAcknowledgedAsync(loaded!.Row);
        var fresh = new BookState(book, FindCurrency(loaded.Row.BaseCurrency), loaded.Row.QuoteMaxAgeDays, loaded.Row.Head);
        foreach (var account in loaded.SystemAccounts)
            fresh.Load(account);
        foreach (var quote in loaded.Quotes)
            fresh.Quotes.Add(quote);
        state = fresh;
        Accounts?.Reset(loaded.Row.Head);
        firstHash = loaded.Row.FirstHash;
        Acknowledge(loaded.Row);
    }

    /// <summary>Advances state and row to a row that was read later; false when they were there already.</summary>
    /// <param name="since">The first operations after what this node knows, where they are at hand.</param>
    async Task<bool> AdvanceToAsync(BookRow? found, IReadOnlyList<Operation>? since = null)
    {
        CheckHistory(found);
        if (found! == Row)
            return false;
        if (found!.Head.Number == State.Head.Number && State.Mark() == 0)
        {
            RequireSameHash(found.Head.Hash, State.Head.Hash);
            row = found;
            return true;
        }

        State.RollBack(0);
        if (found.Head.Number - State.Head.Number > FarBehind)
        {
            await LoadAsync();
            return true;
        }

        while (State.Head.Number < found.Head.Number)
        {
            var page = since?.Count > 0 && since[0].Number == State.Head.Number + 1
                ? since
                : await store.ReadJournalAsync(book, State.Head.Number, (int)Math.Min(JournalPage, found.Head.Number - State.Head.Number), CancellationToken.None);
            if (page.Count == 0)
                throw new StorageReplacedException($"The journal ends before operation {State.Head.Number + 1}, which the book's row says is there");
            foreach (var operation in page)
                ApplyForeign(operation);
            Accounts?.Advance(page);
        }

        RequireSameHash(found.Head.Hash, State.Head.Hash);
        State.ForgetLookups(options.MaxKnownAccounts);
        Acknowledge(found);
        return true;
    }

    // What others wrote is checked like an export is: the chain from what this node knows must hold.
    void ApplyForeign(Operation operation)
    {
        RequireSameHash(OperationHash.Compute(State.Head.Hash, operation), operation.Hash);
        State.Apply(operation);
    }

    void Acknowledge(BookRow next)
    {
        row = next;
        acknowledged = next.Head;
    }

    async Task CheckAcknowledgedAsync(BookRow found)
    {
        if (acknowledged.Number == 0 || found.Head.Number == acknowledged.Number)
            return;
        var operation = await store.GetOperationAsync(book, acknowledged.Number, CancellationToken.None);
        RequireSameHash(operation?.Hash ?? default, acknowledged.Hash);
    }

    void CheckHistory(BookRow? found)
    {
        if (found is null)
            throw new StorageReplacedException($"Book {book} is gone");
        if (firstHash is { } first && first != found.FirstHash)
            throw new StorageReplacedException($"Book {book} is another one of the same name");
        if (found.Head.Number < acknowledged.Number)
            throw new StorageReplacedException($"The journal ends at operation {found.Head.Number}, but this node acknowledged operation {acknowledged.Number}: an older copy was put in its place");
        if (found.Head.Number == acknowledged.Number && acknowledged.Number > 0)
            RequireSameHash(found.Head.Hash, acknowledged.Hash);
    }

    static void RequireSameHash(Digest stored, Digest known)
    {
        if (stored != known)
            throw new StorageReplacedException("The journal's hash is not the one that this node knows: the history was rewritten");
    }

    void ThrowIfStopped()
    {
        if (stopReason is { } reason)
            throw new StorageUnavailableException($"The book is stopped on this node: {reason}");
    }

    static Currency FindCurrency(string code) =>
        Currency.TryFind(code, out var currency) ? currency : throw new InvalidOperationException($"The book's base currency {code} is unknown");

    /// <summary>The groups that a batch's keys stand for, as they are now: an erasure may have changed what a replay shows.</summary>
    async Task<Dictionary<long, StoredGroup>> LoadGroupsAsync(List<Submission> batch) =>
        KnownGroups(batch) is { } numbers ? await Replays.LoadAsync(store, book, numbers, CancellationToken.None) : [];

    HashSet<long>? KnownGroups(List<Submission> batch)
    {
        HashSet<long>? numbers = null;
        foreach (var submission in batch)
        {
            foreach (var item in submission.Items)
            {
                if (item.KeyDigest is { } key && State.FindKey(key) is { } number)
                    (numbers ??= []).Add(number);
            }
        }

        return numbers;
    }

    void Take(LookAhead ahead)
    {
        if (ahead.Found is not { } found)
            return;
        Accounts?.Add(Row.Head, found.Accounts);
        State.Load(ahead.Needs, found.Accounts, found.Customers, found.CustomerCodes, found.AccountCodes, found.Keys);
    }
}

/// <summary>There is no such book, and this node never knew one.</summary>
sealed class BookNotFoundException(string message) : Exception(message);
