using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Holds;

/// <summary>
/// What an operation did to a hold and to what its account has reserved: as an entry is to a balance, so is this to what is held.
/// </summary>
/// <param name="Hold">The hold: the number of the operation that placed it.</param>
/// <param name="Account">The account whose money is reserved.</param>
/// <param name="Currency">The account's.</param>
/// <param name="Change">By how much the reserve of the account changed, in minor units; negative frees.</param>
/// <param name="Held">What all open holds of the account reserve after it, in minor units.</param>
/// <param name="After">How the hold stands after it.</param>
public readonly record struct HoldChange(long Hold, long Account, Currency Currency, long Change, long Held, HoldState After);
