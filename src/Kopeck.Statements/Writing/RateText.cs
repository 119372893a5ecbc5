using System.Globalization;
using System.Numerics;

namespace Kopeck.Statements.Writing;

/// <summary>Rates for formats that have room for fewer digits than ours, rounded half-even once.</summary>
static class RateText
{
    /// <summary>A rate in so many digits, without trailing zeros; null where that leaves nothing of it or it does not fit.</summary>
    public static string? Round(string rate, int digits, int decimals)
    {
        var (unscaled, scale) = Parse(rate);
        return Fit(unscaled, BigInteger.Pow(10, scale), digits, decimals);
    }

    /// <summary>A rate in so many significant digits, whatever its size.</summary>
    public static string Significant(string rate, int digits)
    {
        var (unscaled, scale) = Parse(rate);
        var excess = unscaled.ToString(CultureInfo.InvariantCulture).Length - digits;
        if (excess <= 0)
            return rate;
        var unit = BigInteger.Pow(10, excess);
        var rounded = BigInteger.DivRem(unscaled, unit, out var rest);
        var side = (rest * 2).CompareTo(unit);
        if (side > 0 || (side == 0 && !rounded.IsEven))
            rounded++;
        rounded *= unit;
        var text = rounded.ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return scale == 0 ? text : $"{text[..^scale]}.{text[^scale..]}".TrimEnd('0').TrimEnd('.');
    }

    static (BigInteger Unscaled, int Scale) Parse(string rate)
    {
        var point = rate.IndexOf('.', StringComparison.Ordinal);
        var unscaled = BigInteger.Parse(point < 0 ? rate : rate.Remove(point, 1), NumberStyles.None, CultureInfo.InvariantCulture);
        return (unscaled, point < 0 ? 0 : rate.Length - point - 1);
    }

    static string? Fit(BigInteger numerator, BigInteger denominator, int digits, int decimals)
    {
        var whole = numerator / denominator;
        var wholeDigits = whole.IsZero ? 0 : whole.ToString(CultureInfo.InvariantCulture).Length;
        if (wholeDigits > digits)
            return null;
        var places = Math.Min(decimals, digits - wholeDigits);
        var scaled = BigInteger.DivRem(numerator * BigInteger.Pow(10, places), denominator, out var rest);
        var doubled = rest * 2;
        if (doubled > denominator || (doubled == denominator && !scaled.IsEven))
            scaled++;
        if (scaled.IsZero || scaled >= BigInteger.Pow(10, digits + 1))
            return null;
        var text = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return places == 0 ? text : $"{text[..^places]}.{text[^places..]}".TrimEnd('0').TrimEnd('.');
    }
}
