using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Kinds;

/// <summary>One receiver of a capture.</summary>
/// <param name="Currency">Of the amount: the account's or the receiver's; that in which the hold was asked for if left out.</param>
public readonly record struct CaptureLeg(long To, DecimalAmount Amount, Currency? Currency);
