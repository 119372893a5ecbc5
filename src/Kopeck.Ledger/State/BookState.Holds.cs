using System.Collections.Immutable;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.State;

/// <content>
/// Holds. A hold that is known stands with its account and its receiver. Of the open ones that end, all until <see cref="DueKnownUntil"/>
/// are known, so that what is due is found here.
/// </content>
public sealed partial class BookState
{
    readonly Dictionary<long, Hold?> holds = [];
    readonly SortedSet<(Instant At, long Id)> ends = [];
    readonly Dictionary<long, SortedSet<(Instant At, long Id)>> endsOfAccounts = [];

    // What is due of the accounts that commands touch was looked up until then, also where more is due than is known of the whole book.
    Instant dueLookedUpUntil;

    /// <summary>
    /// The key (end, id) up to which all open holds that end are known; null when they all are. Nothing is known of a book that was not
    /// told of.
    /// </summary>
    public (Instant At, long Id)? DueKnownUntil { get; private set; } = (default, 0);

    /// <summary>When the next hold may end; null when none does.</summary>
    public Instant? NextEnd =>
        ends.Count > 0 && (DueKnownUntil is not { } until || ends.Min.CompareTo(until) <= 0) ? ends.Min.At : DueKnownUntil?.At;

    /// <summary>All holds in memory.</summary>
    public IEnumerable<Hold> Holds => holds.Values.OfType<Hold>();

    /// <summary>A hold; null when there is none.</summary>
    public Hold? FindHold(long id) => holds.GetValueOrDefault(id);

    /// <summary>The known open holds that end at an instant or before, in the order (end, id).</summary>
    /// <param name="accounts">Of these accounts; null for all.</param>
    public IReadOnlyList<(Instant At, long Id)> FindDue(IReadOnlySet<long>? accounts, Instant at, int limit)
    {
        if (ends.Count == 0 || ends.Min.At > at)
            return [];
        if (accounts is null)
            return [.. ends.TakeWhile(end => end.At <= at && (DueKnownUntil is not { } until || end.CompareTo(until) <= 0)).Take(limit)];
        var due = new List<(Instant At, long Id)>();
        foreach (var account in accounts)
        {
            if (endsOfAccounts.TryGetValue(account, out var own))
                due.AddRange(own.TakeWhile(end => end.At <= at));
        }

        due.Sort();
        return due;
    }

    /// <summary>Whether what is due at an instant can be told without looking it up.</summary>
    public bool KnowsDue(Instant at) => DueKnownUntil is not { } until || until.At > at;

    /// <summary>The latest instant, up to a given one, at which what is due of the accounts that were looked up is known.</summary>
    public Instant LatestDecidable(Instant at)
    {
        if (KnowsDue(at))
            return at;
        var known = dueLookedUpUntil > Head.At ? dueLookedUpUntil : Head.At;
        return at < known ? at : known;
    }

    /// <summary>Adds a hold as of the head, whose account and receiver are known.</summary>
    public void Load(Hold hold)
    {
        if (holds.GetValueOrDefault(hold.Id) is { } known)
            Forget(known);
        holds[hold.Id] = hold;
        if (hold is { IsOpen: true, State.ExpiresAt: { } end })
            AddEnd(hold.Account, (end, hold.Id));
    }

    /// <summary>Adds the first holds that end.</summary>
    /// <param name="until">Up to where they are all; null when there are no others.</param>
    /// <param name="lookedUpUntil">Up to when those of the accounts that commands touch are all among them, besides.</param>
    public void LoadDue(IEnumerable<Hold> first, (Instant At, long Id)? until, Instant lookedUpUntil)
    {
        // What is known already may be ahead of what was looked up.
        foreach (var hold in first)
        {
            if (!holds.ContainsKey(hold.Id))
                Load(hold);
        }

        DueKnownUntil = until;
        dueLookedUpUntil = lookedUpUntil;
    }

    /// <summary>Adds a hold that was placed.</summary>
    internal void Place(Operation operation, Hold hold, HoldChange change)
    {
        if (Reserve(operation, change) && (hold.To is not { } to || accounts.ContainsKey(to)))
            Set(hold);
        else if (hold.State.ExpiresAt is { } end && (DueKnownUntil is not { } until || (end, hold.Id).CompareTo(until) <= 0))
            LowerDueKnownUntil((end, hold.Id - 1));
    }

    void LowerDueKnownUntil((Instant At, long Id) until)
    {
        var before = DueKnownUntil;
        undo.Add(() => DueKnownUntil = before);
        DueKnownUntil = until;
    }

    /// <summary>Changes a hold and what its account has reserved, where they are known.</summary>
    /// <param name="captured">What was taken of it, in minor units; 0 when it was not captured.</param>
    internal void Change(Operation operation, HoldChange change, long captured = 0)
    {
        var isKnown = Reserve(operation, change);
        if (holds.GetValueOrDefault(change.Hold) is not { } hold)
            return;
        Require(isKnown && hold.IsOpen && hold.Account == change.Account, operation, "a hold that is closed stays closed");
        Require(
            hold.State.Remaining + change.Change == change.After.Remaining, operation, "what is reserved is what remains of open holds");
        Set(hold with
        {
            State = change.After,
            Changed = operation.Number,
            Captures = captured == 0 ? hold.Captures : hold.Captures.Add(new HoldCapture(operation.Number, captured)),
        });
    }

    /// <summary>Forgets holds that are closed: what is asked of them is looked up.</summary>
    void ForgetClosedHolds()
    {
        foreach (var (id, hold) in holds)
        {
            if (hold is not { IsOpen: true })
                holds.Remove(id);
        }
    }

    void ForgetHolds()
    {
        holds.Clear();
        ends.Clear();
        endsOfAccounts.Clear();
        DueKnownUntil = (default, 0);
    }

    /// <summary>
    /// Law 12, as far as holds are known: whatever happens to an account, its holds that are due were written as expired before.
    /// </summary>
    void RequireNothingDue(Operation operation, long account)
    {
        if (endsOfAccounts.Count > 0 && endsOfAccounts.TryGetValue(account, out var own) && own.Min.At <= operation.At)
            Require(
                operation.Kind == OperationKind.HoldExpired, operation,
                $"hold {own.Min.Id} of account {account} was due at {own.Min.At} and is not yet expired");
    }

    bool Reserve(Operation operation, HoldChange change)
    {
        if (!accounts.TryGetValue(change.Account, out var account))
            return false;
        RequireNothingDue(operation, account.Id);
        var after = change.After;
        Require(account.Currency == change.Currency, operation, "a hold is in its account's currency");
        Require(
            account.Held + change.Change == change.Held && change.Held >= 0, operation,
            "what an account has reserved is what it had before plus the change");
        Require(
            long.Min(long.Min(after.Captured, after.Released), long.Min(after.Expired, after.Remaining)) >= 0
                && after.Over >= 0
                && after.Over <= after.MostOver
                && (after.Status == HoldStatus.Open) == (after.Remaining > 0),
            operation,
            "what was authorised was captured, released, has expired or remains");
        var changed = account with { Held = change.Held };
        Require(change.Change <= 0 || !(changed.Available < 0), operation, "no account goes below its floor");
        undo.Set(accounts, account.Id, changed);
        return true;
    }

    void Set(Hold hold)
    {
        var before = holds.GetValueOrDefault(hold.Id);
        var wasThere = holds.ContainsKey(hold.Id);
        Put(before, hold);
        undo.Add(() =>
        {
            Put(hold, before);
            if (!wasThere)
                holds.Remove(hold.Id);
        });
        void Put(Hold? old, Hold? now)
        {
            if (old is not null)
                Forget(old);
            if (now is { IsOpen: true, State.ExpiresAt: { } end })
                AddEnd(now.Account, (end, now.Id));
            holds[hold.Id] = now;
        }
    }

    void AddEnd(long account, (Instant At, long Id) end)
    {
        ends.Add(end);
        if (!endsOfAccounts.TryGetValue(account, out var own))
            endsOfAccounts.Add(account, own = []);
        own.Add(end);
    }

    void Forget(Hold hold)
    {
        if (hold.State.ExpiresAt is not { } end)
            return;
        ends.Remove((end, hold.Id));
        if (!endsOfAccounts.TryGetValue(hold.Account, out var own))
            return;
        own.Remove((end, hold.Id));
        if (own.Count == 0)
            endsOfAccounts.Remove(hold.Account);
    }
}
