using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Reversals;

namespace Kopeck.Ledger.Kinds;

/// <summary>What a reversal took of one leg of its original, and what moved for it.</summary>
/// <param name="Leg">The leg's place in the original, from 0.</param>
/// <param name="From">Who returns: the original's receiver.</param>
/// <param name="To">Who gets it back: the original's payer.</param>
/// <param name="Part">What counts against the original, by its sides.</param>
/// <param name="Back">What all reversals have taken of the leg, this one included.</param>
/// <param name="Whole">The leg.</param>
/// <param name="Taken">What the original's receiver pays, in minor units.</param>
/// <param name="Given">What the original's payer gets, in minor units.</param>
/// <param name="Exchange">Today's rate, where one of the sides is today's worth of the other.</param>
public sealed record ReversedLeg(
    int Leg, long From, long To, Currency FromCurrency, Currency ToCurrency, Sides Part, Sides Back, Sides Whole, long Taken, long Given,
    Exchange? Exchange)
{
    /// <summary>What remains of the leg.</summary>
    public Sides Remaining => Whole - Back;
}
