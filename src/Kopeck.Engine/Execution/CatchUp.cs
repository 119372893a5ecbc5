using Kopeck.Engine.Storage;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Execution;

/// <summary>Brings a book's memory to where the store is: by a load, or by what others wrote since. Never partly refreshed.</summary>
sealed class CatchUp(BookName book, ILedgerStore store, BookMemory memory, AcknowledgedHistory history)
{
    const int JournalPage = 1_000;
    const long FarBehind = 50_000;

    /// <summary>Loads the book as the store has it now.</summary>
    public async Task LoadAsync()
    {
        var loaded = await store.LoadBookAsync(book, CancellationToken.None).ConfigureAwait(false);
        if (loaded is null && history.Head.Number == 0)
            throw new BookNotFoundException($"There is no book {book}");
        history.Check(loaded?.Row);
        await CheckAcknowledgedAsync(loaded!.Row).ConfigureAwait(false);
        var row = loaded.Row;
        // It may not have been there to be looked at when the program began.
        FoldedNames.RequireCurrent([row]);
        var fresh = new BookState(book, row.BaseCurrency, row.Terms, row.Head, row.TermsNumber) { Secret = row.Secret };
        foreach (var account in loaded.SystemAccounts)
            fresh.Load(account);
        foreach (var quote in loaded.Quotes)
            fresh.Quotes.Add(quote);
        memory.Load(fresh, loaded.Row);
    }

    /// <summary>Whether a row that was read after a decision is the one that it was made on; advances when it is not.</summary>
    public async Task<bool> IsStillAtAsync(BookRow? found) => !await AdvanceToAsync(found).ConfigureAwait(false);

    /// <summary>Advances to the store's head.</summary>
    public async Task AdvanceAsync() =>
        await AdvanceToAsync(await store.FindBookAsync(book, CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Advances state and row to a row that was read later; false when they were there already.</summary>
    /// <param name="missed">The first operations after what this node knows, where they are at hand.</param>
    public async Task<bool> AdvanceToAsync(BookRow? found, IReadOnlyList<Operation>? missed = null)
    {
        history.Check(found);
        if (found! == memory.Row)
            return false;
        var state = memory.State;
        if (found!.Head.Number == state.Head.Number && state.Mark() == 0)
        {
            AcknowledgedHistory.RequireSame(found.Head.Hash, state.Head.Hash);
            memory.Renew(found);
            return true;
        }

        state.RollBack(0);
        if (found.Head.Number - state.Head.Number > FarBehind)
        {
            await LoadAsync().ConfigureAwait(false);
            return true;
        }

        while (state.Head.Number < found.Head.Number)
        {
            var page = missed?.Count > 0 && missed[0].Number == state.Head.Number + 1
                ? missed
                : await ReadPageAsync(state.Head.Number, found.Head.Number).ConfigureAwait(false);
            if (page.Count == 0)
            {
                throw new StorageReplacedException(
                    $"The journal ends before operation {state.Head.Number + 1}, which the book's row says is there");
            }

            foreach (var operation in page)
                ApplyForeign(state, operation);
            memory.Accounts?.Advance(page);
        }

        AcknowledgedHistory.RequireSame(found.Head.Hash, state.Head.Hash);
        memory.MoveTo(found);
        memory.Trim();
        return true;
    }

    ValueTask<IReadOnlyList<Operation>> ReadPageAsync(long after, long upTo) =>
        store.ReadJournalAsync(book, after, (int)Math.Min(JournalPage, upTo - after), CancellationToken.None);

    // What others wrote is checked like an export is: the chain from what this node knows must hold.
    static void ApplyForeign(BookState state, Operation operation)
    {
        AcknowledgedHistory.RequireSame(
            OperationHash.Compute(state.Secret, state.Head.Hash, operation, operation.Canonical!), operation.Hash);
        state.Apply(operation);
    }

    async Task CheckAcknowledgedAsync(BookRow found)
    {
        var known = history.Head;
        if (known.Number == 0 || found.Head.Number == known.Number)
            return;
        var operation = await store.GetOperationAsync(book, known.Number, CancellationToken.None).ConfigureAwait(false);
        AcknowledgedHistory.RequireSame(operation?.Hash ?? default, known.Hash);
    }
}
