namespace Kopeck.Ledger.Reversals;

/// <summary>What a reversal took of one leg of its original.</summary>
/// <param name="Number">The reversal's.</param>
/// <param name="Leg">The leg's place in the original, from 0.</param>
/// <param name="Part">What it took.</param>
/// <param name="Back">What all reversals took of the leg, this one included.</param>
public readonly record struct ReversalRow(long Original, long Number, int Leg, Sides Part, Sides Back);
