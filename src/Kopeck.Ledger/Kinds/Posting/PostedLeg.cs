using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Kinds;

/// <summary>One leg of a posting, in minor units of the currency of both accounts. <c>default</c> names no accounts.</summary>
public readonly record struct PostedLeg(long From, long To, long AmountMinor, Currency Currency);
