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

    /// <summary>One divided by a rate, likewise.</summary>
    public static string? Invert(string rate, int digits, int decimals)
    {
        var (unscaled, scale) = Parse(rate);
        return unscaled.IsZero ? null : Fit(BigInteger.Pow(10, scale), unscaled, digits, decimals);
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
