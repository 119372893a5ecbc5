using Kopeck.Engine.Hosting;
using Kopeck.Engine.Reading;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.State;

namespace Kopeck.Engine.Execution;

/// <summary>
/// A book as this node has it in memory: its state, and the row of the store that the state is as of. For one loop alone.
/// </summary>
sealed class BookMemory(AcknowledgedHistory history, MemoryShare share, bool isStoreRemote)
{
    BookState? state;
    BookRow? row;

    public BookState State => state ?? throw new InvalidOperationException("The book was not prepared");

    public BookRow Row => row ?? throw new InvalidOperationException("The book was not prepared");

    public bool IsLoaded => state is not null;

    /// <summary>What readers may know of the accounts, where asking the store for them costs more than asking it for its head.</summary>
    public KnownAccounts? Accounts { get; } = isStoreRemote ? new KnownAccounts(share.MostAccounts) : null;

    /// <summary>The number of the last operation that this node knows; beyond all where it knows nothing of the book.</summary>
    public long KnownNumber => row?.Head.Number ?? long.MaxValue;

    /// <summary>Whether the book may keep what it knows. Where it may not, <see cref="Trim"/> it before it learns more.</summary>
    public bool HasRoom() => share.HasRoom(State.KnownAccounts, State.KnownLookups);

    /// <summary>Starts anew from what the store holds.</summary>
    public void Load(BookState loaded, BookRow at)
    {
        state = loaded;
        Accounts?.Reset(at.Head);
        MoveTo(at);
    }

    /// <summary>Forgets everything; the next batch loads it again.</summary>
    public void Forget()
    {
        state = null;
        row = null;
        Accounts?.Clear();
        share.Release();
    }

    /// <summary>Forgets what is only needed while a batch is decided, and the accounts too where there are too many.</summary>
    public void Trim()
    {
        var keepsAccounts = share.HasRoomForAccounts(State.KnownAccounts);
        State.ForgetLookups(keepsAccounts ? int.MaxValue : 0);
        if (!keepsAccounts)
            Accounts?.Reset(Row.Head);
        share.Report(State.KnownAccounts, State.KnownLookups);
    }

    /// <summary>The row that the state is as of from now on.</summary>
    public void MoveTo(BookRow next)
    {
        row = next;
        history.Acknowledge(next);
    }

    /// <summary>Takes over a row that has the same head, in another epoch.</summary>
    public void Renew(BookRow same)
    {
        if (row is not null)
            row = same;
    }

    /// <summary>Follows what this node committed.</summary>
    public void Follow(BatchRows written, BookRow now)
    {
        Accounts?.Advance(written.Operations);
        MoveTo(now);
        // Where it is too much now, books that are idle give theirs; this one forgets before the next batch.
        HasRoom();
    }

    /// <summary>Takes what was looked up into the state.</summary>
    public void Take(Prefetch prefetch)
    {
        if (prefetch.Found is not { } found)
            return;
        var facts = State.WithoutKnown(found.Facts);
        Accounts?.Add(Row.Head, facts.Accounts);
        State.Load(prefetch.Needs, facts);
    }
}
