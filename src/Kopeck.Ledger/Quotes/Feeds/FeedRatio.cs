using System.Numerics;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>What one unit of a currency is worth in a feed's base, exact: a ratio of two numbers of the feed.</summary>
readonly record struct FeedRatio(FeedNumber Numerator, FeedNumber Denominator)
{
    public static FeedRatio One => new(FeedNumber.One, FeedNumber.One);

    public static bool TryRead(FeedFigure figure, out FeedRatio ratio)
    {
        ratio = default;
        if (!TryRead(figure.Figure, out var number) || !TryRead(figure.Units, out var units))
            return false;
        ratio = figure.Direction == FeedDirection.BasePerCurrency ? new FeedRatio(number, units) : new FeedRatio(units, number);
        return true;
    }

    public static bool IsOne(FeedNumber left, FeedNumber right) =>
        new FeedRatio(left, right).DivideScaled(One, 0) is { Remainder.IsZero: true, Quotient.IsOne: true };

    /// <summary>This ratio divided by another, times 10^<paramref name="scale"/>, rounded half-even once.</summary>
    public BigInteger DivideRounded(FeedRatio other, int scale)
    {
        var (quotient, remainder, divisor) = DivideScaled(other, scale);
        var order = (remainder * 2).CompareTo(divisor);
        return order > 0 || (order == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    (BigInteger Quotient, BigInteger Remainder, BigInteger Divisor) DivideScaled(FeedRatio other, int scale)
    {
        var dividend = (BigInteger)Numerator.Digits * other.Denominator.Digits;
        var divisor = (BigInteger)Denominator.Digits * other.Numerator.Digits;
        var exponent = scale + Numerator.Exponent + other.Denominator.Exponent - Denominator.Exponent - other.Numerator.Exponent;
        if (exponent >= 0)
            dividend *= BigInteger.Pow(10, exponent);
        else
            divisor *= BigInteger.Pow(10, -exponent);
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        return (quotient, remainder, divisor);
    }

    static bool TryRead(string text, out FeedNumber number) => FeedNumber.TryParse(text, text.Contains(',', StringComparison.Ordinal) ? ',' : '.', out number);
}
