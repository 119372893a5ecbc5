using System.Numerics;

namespace Kopeck.Statements.Reports;

/// <summary>
/// A position in one currency with what it cost, by the method of average cost, in whole minor units. At every moment
/// <c>cost - realised</c> is the sum of the values of all trades: nothing is lost by rounding.
/// </summary>
struct AverageCost
{
    /// <summary>The position; negative where more was sold than bought.</summary>
    public Int128 Position { get; private set; }

    /// <summary>What the position cost; of the position's sign.</summary>
    public Int128 Cost { get; private set; }

    /// <summary>What was gained by trades that made the position smaller.</summary>
    public Int128 Realised { get; private set; }

    /// <summary>Adds a trade.</summary>
    /// <param name="quantity">Positive is bought.</param>
    /// <param name="value">Its worth at the trade's quote, of the same sign.</param>
    public void Trade(Int128 quantity, Int128 value)
    {
        if (Position == 0 || Int128.IsNegative(Position) == Int128.IsNegative(quantity))
        {
            (Position, Cost) = (Position + quantity, Cost + value);
        }
        else if (Int128.Abs(quantity) <= Int128.Abs(Position))
        {
            var part = Share(Cost, quantity, Position);
            Realised += part - value;
            (Position, Cost) = (Position + quantity, Cost + part);
        }
        else
        {
            // The position is closed, and what is over opens one on the other side.
            var closing = Share(value, -Position, quantity);
            Realised += -Cost - closing;
            (Position, Cost) = (Position + quantity, value - closing);
        }
    }

    /// <summary><c>amount * part / whole</c>, rounded half-even once.</summary>
    static Int128 Share(Int128 amount, Int128 part, Int128 whole)
    {
        var product = (BigInteger)amount * (BigInteger)part;
        var divisor = (BigInteger)whole;
        var quotient = BigInteger.DivRem(product, divisor, out var rest);
        var doubled = BigInteger.Abs(rest * 2).CompareTo(BigInteger.Abs(divisor));
        if (doubled > 0 || (doubled == 0 && !quotient.IsEven))
            quotient += product.Sign * divisor.Sign;
        return (Int128)quotient;
    }
}
