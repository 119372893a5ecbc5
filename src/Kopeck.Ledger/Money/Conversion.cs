using System.Globalization;
using System.Numerics;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Money;

/// <summary>
/// Conversion between two currencies at their quotes: multiply first, divide once, round once in the house's favour, so that
/// at one revision no round trip gains.
/// </summary>
public static class Conversion
{
    /// <summary>The side of a conversion that was not named: a derived credit is rounded down, a derived debit up.</summary>
    /// <param name="namedMinor">The named side in minor units of its currency, 0 or more. It is exact.</param>
    /// <param name="namedIsFrom">Whether the named side is the sender's, so that the credit is derived; otherwise the debit is.</param>
    /// <param name="otherMinor">The derived side in minor units of the other currency; 0 is for the caller to refuse as too small.</param>
    /// <returns>False when the derived side is more than <see cref="AmountLimits.MaxMinor"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The named side is negative, or a rate is zero.</exception>
    public static bool TryDerive(
        long namedMinor, bool namedIsFrom, Currency from, QuoteRate fromRate, Currency to, QuoteRate toRate, out long otherMinor)
    {
        var derived = Derive(namedMinor, namedIsFrom, from, fromRate, to, toRate);
        otherMinor = derived <= AmountLimits.MaxMinor ? (long)derived : 0;
        return derived <= AmountLimits.MaxMinor;
    }

    /// <summary>The side of a conversion that was not named, however large; <see cref="Int128.MaxValue"/> where it leaves 64 bits, which is more than any account can have.</summary>
    /// <inheritdoc cref="TryDerive"/>
    public static Int128 Derive(long namedMinor, bool namedIsFrom, Currency from, QuoteRate fromRate, Currency to, QuoteRate toRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(namedMinor);
        ArgumentOutOfRangeException.ThrowIfZero(fromRate.Scaled, nameof(fromRate));
        ArgumentOutOfRangeException.ThrowIfZero(toRate.Scaled, nameof(toRate));

        var (named, namedRate, other, otherRate) = namedIsFrom ? (from, fromRate, to, toRate) : (to, toRate, from, fromRate);
        // The minor units enter the same division, on whichever side keeps them whole: at most 10^28 * 10^4, below 2^107.
        var multiplicand = namedRate.Scaled * PowersOfTen.Of(Math.Max(0, other.MinorUnits - named.MinorUnits));
        var divisor = otherRate.Scaled * PowersOfTen.Of(Math.Max(0, named.MinorUnits - other.MinorUnits));

        return WideDivision.TryMultiplyDivide((ulong)namedMinor, multiplicand, divisor, out var quotient, out var remainder)
            ? (Int128)quotient + (!namedIsFrom && remainder > 0 ? 1 : 0)
            : Int128.MaxValue;
    }

    /// <summary>
    /// Units of <paramref name="to"/> for one unit of <paramref name="from"/>, for display: rounded half-even to a quote's decimals,
    /// without trailing zeros. A rate that would round to zero is given to its first significant digit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A rate is zero.</exception>
    public static string DisplayRate(QuoteRate from, QuoteRate to)
    {
        ArgumentOutOfRangeException.ThrowIfZero(from.Scaled, nameof(from));
        ArgumentOutOfRangeException.ThrowIfZero(to.Scaled, nameof(to));

        var (whole, rest) = UInt128.DivRem(from.Scaled, to.Scaled);
        var fraction = RoundedRatio((ulong)PowersOfTen.Of(QuoteRate.Scale), rest, to.Scaled);
        if (fraction == PowersOfTen.Of(QuoteRate.Scale))
            return Write(whole + 1, 0, QuoteRate.Scale);
        var decimals = QuoteRate.Scale;
        while (whole == 0 && fraction == 0)
            fraction = RoundedRatio((ulong)from.Scaled, PowersOfTen.Of(++decimals), to.Scaled);
        return Write(whole, fraction, decimals);
    }

    /// <summary>What an amount is worth in the base currency at a quote, in minor units: rounded half-even once. Nothing is moved at it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is zero.</exception>
    public static Int128 Worth(long minor, Currency currency, QuoteRate rate, Currency baseCurrency)
    {
        ArgumentOutOfRangeException.ThrowIfZero(rate.Scaled, nameof(rate));
        if (currency.Code == baseCurrency.Code)
            return minor;
        var multiplicand = rate.Scaled * PowersOfTen.Of(Math.Max(0, baseCurrency.MinorUnits - currency.MinorUnits));
        var divisor = PowersOfTen.Of(QuoteRate.Scale + Math.Max(0, currency.MinorUnits - baseCurrency.MinorUnits));
        var magnitude = minor < 0 ? (ulong)-(minor + 1) + 1 : (ulong)minor;
        UInt128 whole;
        if (WideDivision.TryMultiplyDivide(magnitude, multiplicand, divisor, out var quotient, out var remainder))
        {
            whole = quotient;
        }
        else
        {
            // Worths above 64 bits are rare: any balance at any rate is below 2^127.
            var (wide, rest) = BigInteger.DivRem((BigInteger)magnitude * (BigInteger)multiplicand, (BigInteger)divisor);
            (whole, remainder) = ((UInt128)wide, (UInt128)rest);
        }

        var doubled = remainder * 2;
        if (doubled > divisor || (doubled == divisor && UInt128.IsOddInteger(whole)))
            whole++;
        return minor < 0 ? -(Int128)whole : (Int128)whole;
    }

    /// <summary>A ratio below 2^64, rounded half-even.</summary>
    static ulong RoundedRatio(ulong multiplier, UInt128 multiplicand, UInt128 divisor)
    {
        if (!WideDivision.TryMultiplyDivide(multiplier, multiplicand, divisor, out var quotient, out var remainder))
            throw new OverflowException("A ratio of two rates left 64 bits");
        var doubled = remainder * 2;
        return doubled > divisor || (doubled == divisor && ulong.IsOddInteger(quotient)) ? quotient + 1 : quotient;
    }

    static string Write(UInt128 whole, ulong fraction, int decimals)
    {
        var digits = whole.ToString(CultureInfo.InvariantCulture);
        return fraction == 0
            ? digits
            : digits + "." + fraction.ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0').TrimEnd('0');
    }
}
