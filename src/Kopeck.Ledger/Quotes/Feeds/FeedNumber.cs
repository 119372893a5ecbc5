using System.Globalization;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>A positive decimal number of a feed, exact: <see cref="Digits"/> * 10^<see cref="Exponent"/>.</summary>
readonly record struct FeedNumber(UInt128 Digits, int Exponent)
{
    const int MaxDigits = 36;
    const int MaxExponent = 40;

    public static FeedNumber One => new(1, 0);

    /// <summary>Reads digits, an optional fraction and an optional exponent, digit by digit. Zero, signs and over-long numbers are not read.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, char decimalSign, out FeedNumber number)
    {
        number = default;
        UInt128 digits = 0;
        var (written, decimals, exponent, index) = (0, 0, 0, 0);
        var inFraction = false;
        for (; index < text.Length; index++)
        {
            if (char.IsAsciiDigit(text[index]))
            {
                if (++written > MaxDigits)
                    return false;
                digits = digits * 10 + (uint)(text[index] - '0');
                decimals += inFraction ? 1 : 0;
            }
            else if (text[index] == decimalSign && !inFraction && written > 0)
            {
                inFraction = true;
            }
            else
            {
                break;
            }
        }

        if (digits == 0 || (inFraction && decimals == 0))
            return false;
        if (index < text.Length && !TryParseExponent(text[index..], out exponent))
            return false;
        number = new FeedNumber(digits, exponent - decimals);
        return true;
    }

    static bool TryParseExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        return text[0] is 'e' or 'E'
            && text.Length <= 5
            && int.TryParse(text[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
            && exponent is >= -MaxExponent and <= MaxExponent;
    }
}
