using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Reversals;

/// <summary>A leg of an operation that moved money: what can be reversed.</summary>
/// <param name="From">Who paid.</param>
/// <param name="To">Who received.</param>
/// <param name="Amounts">How much, on each side.</param>
public readonly record struct MovedLeg(long From, long To, Currency FromCurrency, Currency ToCurrency, Sides Amounts)
{
    /// <summary>Whether both sides are of one currency, and so always the same amount.</summary>
    public bool IsPlain => FromCurrency == ToCurrency;

    /// <summary>
    /// The part that is reversed when the payer is to get so much more back: what the receiver returns is rounded up, so that all parts
    /// together are all.
    /// </summary>
    /// <param name="back">What was reversed before.</param>
    /// <param name="more">In minor units of the payer's currency, at most what remains.</param>
    internal Sides PartOfPaid(Sides back, long more)
    {
        var paid = (Int128)back.Paid + more;
        var received = paid == Amounts.Paid
            ? Amounts.Received
            : Int128.Max(back.Received, ((Amounts.Received * paid) + Amounts.Paid - 1) / Amounts.Paid);
        return new Sides(more, (long)(received - back.Received));
    }

    /// <summary>The part that is reversed when the receiver is to return so much more: what the payer gets back is rounded down.</summary>
    /// <inheritdoc cref="PartOfPaid"/>
    internal Sides PartOfReceived(Sides back, long more)
    {
        var received = (Int128)back.Received + more;
        var paid = received == Amounts.Received
            ? Amounts.Paid
            : Int128.Max(back.Paid, Amounts.Paid * received / Amounts.Received);
        return new Sides((long)(paid - back.Paid), more);
    }
}
