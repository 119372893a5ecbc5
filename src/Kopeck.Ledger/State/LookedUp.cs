using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Reversals;

namespace Kopeck.Ledger.State;

/// <summary>
/// What was looked up of a book at one head. What was asked for (see <see cref="Needs"/>) and is not here does not exist.
/// </summary>
public sealed record LookedUp
{
    /// <summary>Nothing was found.</summary>
    public static LookedUp Nothing { get; } = new();

    /// <summary>Accounts, with their balances.</summary>
    public IReadOnlyList<Account> Accounts { get; init; } = [];

    /// <summary>Holds; their accounts and receivers are among <see cref="Accounts"/>.</summary>
    public IReadOnlyList<Hold> Holds { get; init; } = [];

    /// <summary>Operations that are to be reversed; the accounts of their legs are among <see cref="Accounts"/>.</summary>
    public IReadOnlyList<Original> Originals { get; init; } = [];

    /// <summary>The first holds that end; null where that was not asked.</summary>
    public DueHolds? Due { get; init; }

    /// <summary>Customers, with their current personal values.</summary>
    public IReadOnlyList<Customer> Customers { get; init; } = [];

    /// <summary>Which customer has a code now.</summary>
    public IReadOnlyDictionary<CustomerCode, long> CustomerCodes { get; init; } = new Dictionary<CustomerCode, long>();

    /// <summary>Which account has a code.</summary>
    public IReadOnlyDictionary<AccountCode, long> AccountCodes { get; init; } = new Dictionary<AccountCode, long>();

    /// <summary>The last operation of the group that used a key.</summary>
    public IReadOnlyDictionary<KeyDigest, long> Keys { get; init; } = new Dictionary<KeyDigest, long>();
}
