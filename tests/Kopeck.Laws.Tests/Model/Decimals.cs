using System.Numerics;

namespace Kopeck.Laws.Tests.Model;

/// <summary>The model's own arithmetic: exact, slow, and nothing of the ledger's.</summary>
static class Decimals
{
    public static readonly BigInteger Limit = BigInteger.Pow(10, 15);

    public static readonly IReadOnlyDictionary<string, int> MinorUnits = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["EUR"] = 2,
        ["USD"] = 2,
        ["JPY"] = 0,
        ["KWD"] = 3,
        ["CLF"] = 4,
        ["GBP"] = 2,
        ["SEK"] = 2,
        ["CHF"] = 2,
    };

    public static string Canonical(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;

    /// <summary>Minor units; null when the text has too many decimals or is over the limit.</summary>
    public static BigInteger? ToMinor(string text, string currency)
    {
        var negative = text.StartsWith('-');
        var parts = text.TrimStart('-').Split('.');
        var decimals = parts.Length > 1 ? parts[1] : "";
        if (decimals.Length > MinorUnits[currency])
            return null;
        var minor = BigInteger.Parse(
            parts[0] + decimals,
            System.Globalization.CultureInfo.InvariantCulture) * BigInteger.Pow(10, MinorUnits[currency] - decimals.Length);
        return minor > Limit ? null : negative ? -minor : minor;
    }

    public static string ToText(BigInteger minor, string currency)
    {
        var digits = minor.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(MinorUnits[currency] + 1, '0');
        return MinorUnits[currency] == 0 ? digits : digits.Insert(digits.Length - MinorUnits[currency], ".");
    }

    /// <summary>
    /// Whether an amount has more decimals than any currency, or is over the limit even in units of its own last decimal.
    /// </summary>
    public static bool FitsNoCurrency(string text)
    {
        var parts = text.Split('.');
        var decimals = parts.Length > 1 ? parts[1] : "";
        return decimals.Length > 4 || BigInteger.Parse(parts[0] + decimals, System.Globalization.CultureInfo.InvariantCulture) > Limit;
    }

    public static bool IsZero(string text) => text.All(letter => letter is '0' or '.');

    /// <summary>The other side: amount * rate(from) / rate(to), credit down, debit up.</summary>
    public static BigInteger Derive(BigInteger named, bool namedIsFrom, string from, BigInteger fromRate, string to, BigInteger toRate)
    {
        var (numerator, denominator) = namedIsFrom
            ? (named * fromRate * BigInteger.Pow(10, MinorUnits[to]), toRate * BigInteger.Pow(10, MinorUnits[from]))
            : (named * toRate * BigInteger.Pow(10, MinorUnits[from]), fromRate * BigInteger.Pow(10, MinorUnits[to]));
        return namedIsFrom ? numerator / denominator : (numerator + denominator - 1) / denominator;
    }
}
