using System.Globalization;

namespace Kopeck.Ledger.Money;

/// <summary>Writes a ratio in so many significant digits: <c>163.12</c>, <c>0.009090909091</c>.</summary>
static class RateDigits
{
    const int Digits = 10;

    static readonly UInt128 Least = PowersOfTen.Of(Digits - 1);
    static readonly UInt128 TooMany = PowersOfTen.Of(Digits);

    public static string Write(in WideNumber above, in WideNumber below)
    {
        // A bit is a little less than a third of a digit: the first guess is off by one place at most.
        var decimals = Digits - 1 - (above.BitLength - below.BitLength) * 3 / 10;
        while (true)
        {
            var (dividend, divisor) = (above, below);
            dividend.MultiplyByTenTo(Math.Max(0, decimals));
            divisor.MultiplyByTenTo(Math.Max(0, -decimals));
            var isSmall = WideNumber.DivRem(dividend, divisor, out _).TryToUInt128(out var whole);
            if (isSmall && whole < Least)
                decimals++;
            else if (!isSmall || whole >= TooMany)
                decimals--;
            else
                return WideNumber.DivideHalfEven(dividend, divisor).TryToUInt128(out var digits)
                    ? Write((ulong)digits, decimals)
                    : throw new OverflowException();
        }
    }

    static string Write(ulong digits, int decimals)
    {
        for (; digits % 10 == 0 && decimals > 0; decimals--)
            digits /= 10;
        var text = digits.ToString(CultureInfo.InvariantCulture);
        if (decimals <= 0)
            return text + new string('0', -decimals);
        text = text.PadLeft(decimals + 1, '0');
        return string.Concat(text.AsSpan(0, text.Length - decimals), ".", text.AsSpan(text.Length - decimals));
    }
}
