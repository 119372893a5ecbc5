using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Commands;

/// <summary>What must be looked up before commands can be decided.</summary>
public sealed class Needs
{
    /// <summary>Accounts by id.</summary>
    public HashSet<long> Accounts { get; } = [];

    /// <summary>Customers by id, with their current personal values.</summary>
    public HashSet<long> Customers { get; } = [];

    /// <summary>Which customer has a code now.</summary>
    public HashSet<CustomerCode> CustomerCodes { get; } = [];

    /// <summary>Which account has a code.</summary>
    public HashSet<AccountCode> AccountCodes { get; } = [];

    /// <summary>Which operation answers for an idempotency key.</summary>
    public HashSet<KeyDigest> Keys { get; } = [];

    /// <summary>Whether nothing must be looked up.</summary>
    public bool IsEmpty => Accounts.Count + Customers.Count + CustomerCodes.Count + AccountCodes.Count + Keys.Count == 0;
}
