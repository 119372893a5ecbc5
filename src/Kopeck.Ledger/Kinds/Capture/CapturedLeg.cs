using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Ledger.Kinds;

/// <summary>What one receiver of a capture got.</summary>
/// <param name="TakenMinor">What the hold's account paid, in its minor units.</param>
/// <param name="GivenMinor">What the receiver got, in its own.</param>
/// <param name="Currency">The receiver's.</param>
/// <param name="Exchange">How it was converted; null where it was not.</param>
public sealed record CapturedLeg(long To, long TakenMinor, long GivenMinor, Currency Currency, Exchange? Exchange);
