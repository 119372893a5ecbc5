using System.Numerics;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Money;

/// <summary>The grammar of an amount, <c>(0|[1-9][0-9]*)(\.[0-9]+)?</c>, and what is wrong with texts outside it.</summary>
static class AmountGrammar
{
    /// <summary>The most digits that are kept; far more than any amount within the limits has.</summary>
    public const int MaxDigits = 36;

    const int ChunkDigits = 18;

    static readonly FieldError Empty = new("not_a_number", "An amount is missing: write it as 100.00");
    static readonly FieldError NotANumber = new("not_a_number", "An amount is ASCII digits with an optional decimal point, such as 100.00");
    static readonly FieldError Separator =
        new("not_a_number", "An amount has no separators or spaces, and a point before its decimals: 1234.56");
    static readonly FieldError Unfinished = new("not_a_number", "An amount has digits on both sides of its decimal point: 0.50");
    static readonly FieldError Exponent = new("exponent", "An amount has no exponent: write out its digits");
    static readonly FieldError Signed = new("sign", "An amount has no sign: write only its digits");
    static readonly FieldError Plus = new("sign", "A plus sign is not written");
    static readonly FieldError NegativeZero = new("sign", "Zero has no sign");
    static readonly FieldError LeadingZero = new("leading_zero", "An amount has no leading zeros");
    static readonly FieldError TooLong = new("too_large", $"An amount has at most {MaxDigits} digits");

    /// <summary>Reads a number digit by digit. A text that is a number in another notation is told so, before its size is judged.</summary>
    /// <typeparam name="T"><see cref="byte"/> for UTF-8 or <see cref="char"/>.</typeparam>
    public static FieldError? Read<T>(ReadOnlySpan<T> text, bool allowMinus, out UInt128 digits, out int decimals, out bool isNegative)
        where T : unmanaged, IBinaryInteger<T>
    {
        digits = 0;
        decimals = 0;
        isNegative = false;
        if (text.IsEmpty)
            return Empty;

        var sign = At(text, 0) is '+' or '-' ? At(text, 0) : '\0';
        var start = sign == '\0' ? 0 : 1;
        var pointAt = SkipDigits(text, start, ref digits);
        var integers = pointAt - start;
        var end = pointAt;
        var hasPoint = At(text, pointAt) == '.';
        if (hasPoint)
        {
            end = SkipDigits(text, pointAt + 1, ref digits);
            decimals = end - pointAt - 1;
        }

        var hasExponent = At(text, end) is 'e' or 'E';
        if (hasExponent)
            end = SkipExponent(text, end + 1);
        if (end != text.Length)
            return HasSeparator(text) ? Separator : NotANumber;
        if (integers == 0 || (hasPoint && decimals == 0))
            return hasPoint ? Unfinished : NotANumber;
        if (sign == '+')
            return allowMinus ? Plus : Signed;
        if (sign == '-' && !allowMinus)
            return Signed;
        if (integers > 1 && At(text, start) == '0')
            return LeadingZero;
        if (hasExponent)
            return Exponent;
        if (integers + decimals > MaxDigits)
            return TooLong;
        if (sign == '-' && digits == 0)
            return NegativeZero;
        isNegative = sign == '-';
        return null;
    }

    static char At<T>(ReadOnlySpan<T> text, int index)
        where T : unmanaged, IBinaryInteger<T> => index < text.Length ? (char)ushort.CreateTruncating(text[index]) : '\0';

    static int SkipDigits<T>(ReadOnlySpan<T> text, int index, ref UInt128 digits)
        where T : unmanaged, IBinaryInteger<T>
    {
        // Eighteen digits at a time in 64 bits, which is where nearly every amount ends.
        while (true)
        {
            ulong part = 0;
            var count = 0;
            for (; count < ChunkDigits && index < text.Length && char.IsAsciiDigit(At(text, index)); count++, index++)
                part = part * 10 + (uint)(At(text, index) - '0');
            // Past 128 bits the value no longer matters: the text is refused by its count of digits.
            if (count > 0 && digits < PowersOfTen.Of(PowersOfTen.Largest - count))
                digits = digits == 0 ? part : digits * PowersOfTen.Of(count) + part;
            if (count < ChunkDigits)
                return index;
        }
    }

    static int SkipExponent<T>(ReadOnlySpan<T> text, int index)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (At(text, index) is '+' or '-')
            index++;
        var start = index;
        while (index < text.Length && char.IsAsciiDigit(At(text, index)))
            index++;
        return index > start ? index : -1;
    }

    static bool HasSeparator<T>(ReadOnlySpan<T> text)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var index = 0; index < text.Length; index++)
        {
            var letter = At(text, index);
            if (!char.IsAsciiDigit(letter) && letter is not ('.' or ',' or ' ' or '_' or '\''))
                return false;
        }

        return true;
    }
}
