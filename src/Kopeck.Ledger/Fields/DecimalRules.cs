using System.Diagnostics.CodeAnalysis;

namespace Kopeck.Ledger.Fields;

/// <summary>Decimals of a fixed precision and scale, read and written digit by digit.</summary>
static class DecimalRules
{
    const int MaxShortScale = 18;

    public static UInt128 MaxScaled(int precision)
    {
        UInt128 max = 0;
        for (var digit = 0; digit < precision; digit++)
            max = max * 10 + 9;
        return max;
    }

    public static bool TryParse(FieldType type, ReadOnlySpan<char> text, out UInt128 scaled, [NotNullWhen(false)] out FieldError? error)
    {
        scaled = 0;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (!IsDigits(whole) || (point >= 0 && !IsDigits(fraction)) || (whole.Length > 1 && whole[0] == '0'))
            error = new FieldError(
                "not_a_number",
                "Expected decimal digits with at most one point, such as 1.0842: no sign, exponent, separator or leading zero");
        else if (fraction.Length > type.Scale)
            error = new FieldError("too_many_decimals", $"At most {type.Scale} decimals, got {fraction.Length}");
        else if (whole.Length > type.Precision - type.Scale)
            error = new FieldError("too_large", $"At most {type.Precision - type.Scale} digits before the point, got {whole.Length}");
        else
        {
            scaled = Read(whole, fraction, type.Scale!.Value);
            error = scaled == 0 && type.IsPositive ? new FieldError("not_positive", "The number is more than zero") : null;
        }

        return error is null;
    }

    public static string Write(UInt128 scaled, int scale)
    {
        if (scaled <= ulong.MaxValue && scale < MaxShortScale)
            return WriteShort((ulong)scaled, scale);
        var digits = scaled.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var fraction = digits[^scale..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^scale] : $"{digits[..^scale]}.{fraction}";
    }

    /// <summary>Nearly all are short: without the arithmetic of 128 bits.</summary>
    static string WriteShort(ulong scaled, int scale)
    {
        Span<char> text = stackalloc char[2 * MaxShortScale + 2];
        var start = text.Length;
        var isWritten = false;
        for (var place = 0; place < scale || scaled > 0 || place == scale; place++)
        {
            if (place == scale && isWritten)
                text[--start] = '.';
            var digit = (char)('0' + scaled % 10);
            scaled /= 10;
            if (place < scale && !isWritten && digit == '0')
                continue;
            isWritten |= place < scale;
            text[--start] = digit;
        }

        return new string(text[start..]);
    }

    static UInt128 Read(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, int scale)
    {
        UInt128 scaled = 0;
        foreach (var digit in whole)
            scaled = scaled * 10 + (uint)(digit - '0');
        foreach (var digit in fraction)
            scaled = scaled * 10 + (uint)(digit - '0');
        for (var missing = scale - fraction.Length; missing > 0; missing--)
            scaled *= 10;
        return scaled;
    }

    static bool IsDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
