using Kopeck.Ledger.Money;

namespace Kopeck.Statements.Model;

/// <summary>The other side of a conversion, in the other wallet's currency.</summary>
/// <param name="AmountMinor">Without a sign, in minor units.</param>
/// <param name="Rate">Units of <paramref name="To"/> for one unit of <paramref name="From"/>, as the operation recorded it.</param>
/// <param name="Inverse">Units of <paramref name="From"/> for one unit of <paramref name="To"/>, likewise rounded for display.</param>
public sealed record OriginalAmount(long AmountMinor, Currency Currency, string Rate, string Inverse, string From, string To);
