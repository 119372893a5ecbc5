using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Engine.Reading;

/// <summary>
/// What a node knows of a book's accounts as of one head: kept by the book's writer, read by anyone. It is an answer only where the store
/// says that the book is still at that head.
/// </summary>
/// <param name="capacity">How many accounts it holds before it forgets all of them.</param>
public sealed class KnownAccounts(int capacity)
{
    readonly Lock gate = new();
    readonly Dictionary<long, Account> accounts = [];
    Head? head;

    /// <summary>Finds those of the wanted accounts that are known, and says as of which head; null when nothing is known.</summary>
    public Head? Find(IEnumerable<long> wanted, Dictionary<long, Account> found)
    {
        lock (gate)
        {
            if (head is null)
                return null;
            foreach (var id in wanted)
            {
                if (accounts.TryGetValue(id, out var account))
                    found[id] = account;
            }

            return head;
        }
    }

    /// <summary>Adds accounts that were read at a head, unless the book went on meanwhile.</summary>
    public void Add(Head at, IEnumerable<Account> read)
    {
        lock (gate)
        {
            if (head != at)
                return;
            foreach (var account in read)
            {
                if (accounts.Count >= capacity)
                    accounts.Clear();
                accounts[account.Id] = account;
            }
        }
    }

    /// <summary>Starts anew at a head.</summary>
    public void Reset(Head at)
    {
        lock (gate)
        {
            accounts.Clear();
            head = at;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (gate)
        {
            accounts.Clear();
            head = null;
        }
    }

    /// <summary>Goes on to the head that committed operations made.</summary>
    public void Advance(IReadOnlyList<Operation> operations)
    {
        lock (gate)
        {
            if (head?.Number + 1 != operations[0].Number)
            {
                // What is between is not known.
                accounts.Clear();
            }
            else
            {
                foreach (var operation in operations)
                    Apply(operation);
            }

            head = operations[^1].Head;
        }
    }

    void Apply(Operation operation)
    {
        foreach (var entry in operation.Entries)
        {
            if (accounts.TryGetValue(entry.Account, out var account))
                accounts[entry.Account] = account with { Posted = entry.Balance };
        }

        var touched = KindList.Of(operation.Kind).Touches(operation);
        foreach (var change in touched.Holds)
        {
            if (accounts.TryGetValue(change.Account, out var account))
                accounts[change.Account] = account with { Held = change.Held };
        }

        // How it left the account the next reader sees in the store.
        foreach (var changed in touched.Accounts)
            accounts.Remove(changed);
    }
}
