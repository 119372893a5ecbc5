using System.Globalization;
using System.Text;

namespace Kopeck.Ledger.Money;

/// <summary>Writes minor units as decimal text with all the decimals of the currency: <c>-153.41</c>.</summary>
public static class MoneyText
{
    /// <summary>The most characters of any text: a sign, 19 digits and a point.</summary>
    public const int MaxLength = 21;

    /// <summary>Writes minor units with <paramref name="minorUnits"/> decimals; exact for every <see cref="long"/>.</summary>
    /// <param name="minorUnits">0 to <see cref="AmountLimits.MaxMinorUnits"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decimals are out of range.</exception>
    public static string Format(long minor, int minorUnits)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[Fill(minor, minorUnits, text)..]);
    }

    /// <summary>Writes what may be wider than a balance, such as what is available over a floor far below zero, or needed.</summary>
    /// <param name="minorUnits">0 to <see cref="AmountLimits.MaxMinorUnits"/>.</param>
    public static string Format(Int128 minor, int minorUnits)
    {
        if (minor >= long.MinValue && minor <= long.MaxValue)
            return Format((long)minor, minorUnits);
        var digits = Int128.Abs(minor).ToString(CultureInfo.InvariantCulture);
        var point = digits.Length - minorUnits;
        return $"{(minor < 0 ? "-" : "")}{digits.AsSpan(0, point)}{(minorUnits > 0 ? "." : "")}{digits.AsSpan(point)}";
    }

    /// <summary>Writes minor units with all the decimals of a currency.</summary>
    public static string Format(long minor, Currency currency) => Format(minor, currency.MinorUnits);

    /// <summary>Writes minor units as UTF-8 without allocating.</summary>
    /// <param name="minorUnits">0 to <see cref="AmountLimits.MaxMinorUnits"/>.</param>
    /// <returns>False, with nothing written, when the text does not fit; <see cref="MaxLength"/> bytes always do.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The decimals are out of range.</exception>
    public static bool TryFormat(Span<byte> utf8, long minor, int minorUnits, out int bytesWritten)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        var written = text[Fill(minor, minorUnits, text)..];
        var fits = written.TryCopyTo(utf8);
        bytesWritten = fits ? written.Length : 0;
        return fits;
    }

    /// <summary>Fills the end of the text, last digit first, and returns where it starts.</summary>
    static int Fill(long minor, int minorUnits, Span<byte> text)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minorUnits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minorUnits, AmountLimits.MaxMinorUnits);
        var rest = minor < 0 ? (ulong)-(minor + 1) + 1 : (ulong)minor;
        var start = text.Length;
        for (var place = 0; rest > 0 || place <= minorUnits; place++)
        {
            if (place > 0 && place == minorUnits)
                text[--start] = (byte)'.';
            text[--start] = (byte)('0' + rest % 10);
            rest /= 10;
        }

        if (minor < 0)
            text[--start] = (byte)'-';
        return start;
    }
}
