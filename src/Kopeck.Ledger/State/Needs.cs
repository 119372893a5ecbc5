using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.State;

/// <summary>What must be looked up before commands can be decided.</summary>
public sealed class Needs
{
    /// <summary>Accounts by id.</summary>
    public HashSet<long> Accounts { get; } = [];

    /// <summary>Holds by id, with their accounts and receivers.</summary>
    public HashSet<long> Holds { get; } = [];

    /// <summary>Operations that are to be reversed, with the accounts of their legs and with what reversals took of them.</summary>
    public HashSet<long> Originals { get; } = [];

    /// <summary>
    /// If set, the first holds that end, with their accounts: some, in the order (end, id), and of <see cref="Touched"/> all that end until
    /// then.
    /// </summary>
    public Instant? DueUntil { get; set; }

    /// <summary>The accounts that commands name, also those that are known: what is due of them must be found.</summary>
    public HashSet<long> Touched { get; } = [];

    /// <summary>Customers by id, with their current personal values.</summary>
    public HashSet<long> Customers { get; } = [];

    /// <summary>Which customer has a code now.</summary>
    public HashSet<CustomerCode> CustomerCodes { get; } = [];

    /// <summary>Which account has a code.</summary>
    public HashSet<AccountCode> AccountCodes { get; } = [];

    /// <summary>Which operation answers for an idempotency key.</summary>
    public HashSet<KeyDigest> Keys { get; } = [];

    /// <summary>Whether holds or originals must be looked up, through which accounts are reached.</summary>
    public bool HasHolds => Holds.Count + Originals.Count > 0 || DueUntil is not null;

    /// <summary>Whether nothing must be looked up.</summary>
    public bool IsEmpty =>
        Accounts.Count + Customers.Count + CustomerCodes.Count + AccountCodes.Count + Keys.Count + Holds.Count + Originals.Count == 0
            && DueUntil is null;
}
