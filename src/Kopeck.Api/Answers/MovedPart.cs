using Kopeck.Ledger.Reversals;

namespace Kopeck.Api.Answers;

/// <summary>A leg of an operation that moved money, or a part of it.</summary>
/// <param name="Leg">Its place in the operation, from 0.</param>
/// <param name="Amount">On the payer's side.</param>
/// <param name="Received">On the receiver's side, where that has another currency.</param>
public readonly record struct MovedPart(int Leg, Money Amount, Money? Received)
{
    /// <summary>A part of a leg.</summary>
    /// <param name="paid">The payer's currency.</param>
    /// <param name="received">The receiver's.</param>
    internal static MovedPart Of(int leg, Sides sides, Ledger.Money.Currency paid, Ledger.Money.Currency received) =>
        new(leg, Money.Of(sides.Paid, paid), paid == received ? null : Money.Of(sides.Received, received));
}
