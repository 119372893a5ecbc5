using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Journal;

/// <summary>One signed movement of one account inside an operation.</summary>
/// <param name="Account">The account's id.</param>
/// <param name="Currency">The account's currency.</param>
/// <param name="Amount">In minor units; negative is a debit.</param>
/// <param name="Balance">The account's balance after it, in minor units.</param>
public readonly record struct Entry(long Account, Currency Currency, long Amount, long Balance);
