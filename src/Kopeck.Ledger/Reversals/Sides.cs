namespace Kopeck.Ledger.Reversals;

/// <summary>The two sides of a leg, or parts of them, each in minor units of its own currency.</summary>
/// <param name="Paid">What its payer lost.</param>
/// <param name="Received">What its receiver got.</param>
public readonly record struct Sides(long Paid, long Received)
{
    /// <summary>Both together.</summary>
    public static Sides operator +(Sides left, Sides right) => new(left.Paid + right.Paid, left.Received + right.Received);

    /// <summary>What is left of both.</summary>
    public static Sides operator -(Sides left, Sides right) => new(left.Paid - right.Paid, left.Received - right.Received);
}
