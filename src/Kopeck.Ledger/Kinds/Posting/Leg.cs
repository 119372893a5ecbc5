using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Kinds;

/// <summary>One leg of a posting, as it is asked for. <c>default</c> names no accounts.</summary>
public readonly record struct Leg(long From, long To, DecimalAmount Amount);
