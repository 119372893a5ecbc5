using System.Globalization;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// A positive decimal number of a feed, exact and without trailing zeros: <paramref name="Digits"/> * 10^<paramref name="Exponent"/>.
/// <c>default</c> is zero, which no feed has.
/// </summary>
/// <param name="Digits">At most 36 digits where it was read.</param>
/// <param name="Exponent">The power of ten.</param>
public readonly record struct FeedNumber(UInt128 Digits, int Exponent)
{
    const int MaxDigits = 36;
    const int MaxExponent = 40;

    /// <summary>1.</summary>
    public static FeedNumber One => new(1, 0);

    int BitLength => 128 - (int)UInt128.LeadingZeroCount(Digits);

    int DigitCount
    {
        get
        {
            var count = 1;
            while (count <= PowersOfTen.Largest && Digits >= PowersOfTen.Of(count))
                count++;
            return count;
        }
    }

    /// <summary>
    /// Reads digits, an optional fraction and perhaps an exponent, digit by digit. Zero, signs and over-long numbers are not read.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, char decimalSign, bool hasExponents, out FeedNumber number)
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
        if (index < text.Length && (!hasExponents || !TryParseExponent(text[index..], out exponent)))
            return false;
        number = WithoutTrailingZeros(digits, exponent - decimals);
        return true;
    }

    /// <summary>The product, where it has no more digits than can be kept exactly.</summary>
    public static bool TryMultiply(FeedNumber left, FeedNumber right, out FeedNumber product)
    {
        var fits = left.BitLength + right.BitLength <= 128;
        product = fits ? WithoutTrailingZeros(left.Digits * right.Digits, left.Exponent + right.Exponent) : default;
        return fits;
    }

    /// <summary>
    /// A quote of two numbers, as they are. Where one has more decimals or digits than a quote's figure, both are moved by the same power
    /// of ten, which leaves their ratio exactly as it was.
    /// </summary>
    public static bool TryPair(FeedNumber units, FeedNumber worth, out QuotePair pair)
    {
        pair = default;
        var least = Math.Max(-QuoteFigure.Scale - units.Exponent, -QuoteFigure.Scale - worth.Exponent);
        var most = Math.Min(units.Room, worth.Room);
        if (least > most)
            return false;
        var move = Math.Clamp(0, least, most);
        if (!units.TryMove(move, out var left) || !worth.TryMove(move, out var right))
            return false;
        pair = new QuotePair(left, right);
        return true;
    }

    /// <summary>By how many powers of ten it may grow and still be a figure.</summary>
    int Room => QuoteFigure.Precision - QuoteFigure.Scale - Exponent - DigitCount;

    bool TryMove(int powers, out QuoteFigure figure) =>
        QuoteFigure.TryFromScaled(Digits * PowersOfTen.Of(QuoteFigure.Scale + Exponent + powers), out figure);

    /// <summary>Plain decimal digits: <c>163.12</c>.</summary>
    public override string ToString()
    {
        var text = Digits.ToString(CultureInfo.InvariantCulture);
        if (Exponent >= 0)
            return text + new string('0', Exponent);
        text = text.PadLeft(1 - Exponent, '0');
        return $"{text[..^-Exponent]}.{text[^-Exponent..]}";
    }

    static FeedNumber WithoutTrailingZeros(UInt128 digits, int exponent)
    {
        while (digits <= ulong.MaxValue ? (ulong)digits % 10 == 0 : digits % 10 == 0)
        {
            digits = digits <= ulong.MaxValue ? (ulong)digits / 10 : digits / 10;
            exponent++;
        }

        return new FeedNumber(digits, exponent);
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
