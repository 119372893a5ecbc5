using System.Globalization;
using Kopeck.Ledger.Money;

namespace Kopeck.Statements.Writing;

/// <summary>Amounts as decimal text with all the decimals of their currency, also where sums are wider than any balance.</summary>
public static class AmountText
{
    /// <summary>The most bytes of any text: a sign, 39 digits and a point.</summary>
    public const int MaxLength = 41;

    /// <summary>Writes minor units as a decimal.</summary>
    public static string Format(Int128 minor, Currency currency)
    {
        if (minor >= long.MinValue && minor <= long.MaxValue)
            return MoneyText.Format((long)minor, currency);
        var digits = Int128.Abs(minor).ToString(CultureInfo.InvariantCulture);
        return (minor < 0 ? "-" : "")
            + (
                currency.MinorUnits == 0
                    ? digits
                    : string.Concat(
                        digits.AsSpan(0, digits.Length - currency.MinorUnits), ".", digits.AsSpan(digits.Length - currency.MinorUnits)));
    }

    /// <summary>Writes minor units as a decimal; null where there are none.</summary>
    public static string? Format(Int128? minor, Currency currency) => minor is { } value ? Format(value, currency) : null;
}
