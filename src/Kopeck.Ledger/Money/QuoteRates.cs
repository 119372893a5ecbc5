using System.Globalization;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Money;

/// <summary>Rates that are known or computed rather than given.</summary>
public static class QuoteRates
{
    /// <summary>The base currency's own quote: exactly 1.</summary>
    public static QuoteRate One { get; } = TryFromScaled(PowersOfTen.Of(QuoteRate.Scale), out var one)
        ? one
        : throw new InvalidOperationException("A quote cannot hold 1");

    /// <summary>The rate of a number of units of its last decimal.</summary>
    /// <param name="scaled">From 1 to <see cref="QuoteRate.MaxScaled"/>, in units of 10^-<see cref="QuoteRate.Scale"/>.</param>
    /// <returns>False when a quote cannot hold it.</returns>
    public static bool TryFromScaled(UInt128 scaled, out QuoteRate rate)
    {
        rate = default;
        if (scaled == 0 || scaled > QuoteRate.MaxScaled)
            return false;
        var (whole, fraction) = UInt128.DivRem(scaled, PowersOfTen.Of(QuoteRate.Scale));
        var decimals = ((ulong)fraction).ToString(CultureInfo.InvariantCulture).PadLeft(QuoteRate.Scale, '0').TrimEnd('0');
        var digits = whole.ToString(CultureInfo.InvariantCulture);
        return QuoteRate.TryParse(decimals.Length == 0 ? digits : $"{digits}.{decimals}", out rate, out _);
    }
}
