using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Kinds;

/// <summary>One leg of an original that is to be reversed.</summary>
/// <param name="Leg">Its place in the original, from 0.</param>
/// <param name="Currency">Of the amount: either of the leg's; the payer's if left out.</param>
public readonly record struct ReverseLeg(int Leg, DecimalAmount Amount, Currency? Currency);
