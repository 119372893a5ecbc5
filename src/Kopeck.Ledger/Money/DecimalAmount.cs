using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Money;

/// <summary>
/// An amount as it was written, not yet in a currency: <c>(0|[1-9][0-9]*)(\.[0-9]+)?</c> in ASCII. Amounts are equal when they
/// were written alike: <c>1.0</c> is not <c>1.00</c>; compare <see cref="Canonical"/> for worth. <c>default</c> is <c>0</c>.
/// </summary>
public readonly record struct DecimalAmount
{
    readonly UInt128 digits;
    readonly byte decimals;

    DecimalAmount(UInt128 digits, int decimals, bool isNegative)
    {
        this.digits = digits;
        this.decimals = (byte)decimals;
        IsNegative = isNegative;
    }

    /// <summary>Whether it is less than zero; only signed amounts can be.</summary>
    public bool IsNegative { get; }

    /// <summary>Whether it is zero, with however many decimals.</summary>
    public bool IsZero => digits == 0;

    /// <summary>Digits after the decimal point, as written.</summary>
    public int Decimals => decimals;

    /// <summary>
    /// The amount without trailing zeros of its fraction, so that amounts of the same worth have the same text: <c>1</c> for <c>1.00</c>.
    /// </summary>
    public string Canonical
    {
        get
        {
            var (shortest, places) = (digits, (int)decimals);
            while (places > 0 && shortest % 10 == 0)
                (shortest, places) = (shortest / 10, places - 1);
            return Write(shortest, places);
        }
    }

    /// <summary>Reads an amount without a sign.</summary>
    /// <param name="error">
    /// <c>not_a_number</c>, <c>sign</c>, <c>leading_zero</c>, <c>exponent</c>, or <c>too_large</c> for more than 36 digits.
    /// </param>
    public static bool TryParse(ReadOnlySpan<char> text, out DecimalAmount amount, [NotNullWhen(false)] out FieldError? error)
    {
        error = AmountGrammar.Read(text, allowMinus: false, out var digits, out var decimals, out _);
        return Accept(error, digits, decimals, isNegative: false, out amount);
    }

    /// <summary>Reads an amount without a sign from UTF-8, such as a JSON number's own bytes. Errors as of the other overload.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DecimalAmount amount, [NotNullWhen(false)] out FieldError? error)
    {
        error = AmountGrammar.Read(utf8, allowMinus: false, out var digits, out var decimals, out _);
        return Accept(error, digits, decimals, isNegative: false, out amount);
    }

    /// <summary>Reads an amount that may start with one minus, such as a floor. <c>-0</c> is refused as <c>sign</c>.</summary>
    public static bool TryParseSigned(ReadOnlySpan<char> text, out DecimalAmount amount, [NotNullWhen(false)] out FieldError? error)
    {
        error = AmountGrammar.Read(text, allowMinus: true, out var digits, out var decimals, out var isNegative);
        return Accept(error, digits, decimals, isNegative, out amount);
    }

    /// <summary>Reads an amount that may start with one minus from UTF-8. <c>-0</c> is refused as <c>sign</c>.</summary>
    public static bool TryParseSigned(ReadOnlySpan<byte> utf8, out DecimalAmount amount, [NotNullWhen(false)] out FieldError? error)
    {
        error = AmountGrammar.Read(utf8, allowMinus: true, out var digits, out var decimals, out var isNegative);
        return Accept(error, digits, decimals, isNegative, out amount);
    }

    /// <summary>The amount in a currency's minor units.</summary>
    /// <param name="minor">From -<see cref="AmountLimits.MaxMinor"/> to <see cref="AmountLimits.MaxMinor"/>.</param>
    /// <param name="error">
    /// <c>too_many_decimals</c>, counted as written (<c>1.0</c> JPY too), or <c>too_large</c> for more than
    /// <see cref="AmountLimits.MaxMinor"/>.
    /// </param>
    public bool TryToMinor(Currency currency, out long minor, [NotNullWhen(false)] out FieldError? error)
    {
        minor = 0;
        if (decimals > currency.MinorUnits)
        {
            error = new FieldError("too_many_decimals", $"{currency.Code} has {Allowed(currency.MinorUnits)}, got {ToString()}");
            return false;
        }

        // The digits are judged first, so that the product stays far within 128 bits.
        var scale = PowersOfTen.Of(currency.MinorUnits - decimals);
        if (digits > AmountLimits.MaxMinor || digits * scale > AmountLimits.MaxMinor)
        {
            var most = MoneyText.Format(AmountLimits.MaxMinor, currency.MinorUnits);
            error = new FieldError("too_large", $"An amount is at most {most} {currency.Code}");
            return false;
        }

        minor = (long)(digits * scale);
        if (IsNegative)
            minor = -minor;
        error = null;
        return true;
    }

    /// <summary>The amount as it was written.</summary>
    public override string ToString() => Write(digits, decimals);

    static bool Accept(FieldError? error, UInt128 digits, int decimals, bool isNegative, out DecimalAmount amount)
    {
        amount = error is null ? new DecimalAmount(digits, decimals, isNegative) : default;
        return error is null;
    }

    static string Allowed(int minorUnits) => minorUnits switch
    {
        0 => "no decimals",
        1 => "1 decimal",
        _ => $"{minorUnits} decimals",
    };

    string Write(UInt128 value, int places)
    {
        var text = value.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        var unsigned = places == 0 ? text : string.Concat(text.AsSpan(0, text.Length - places), ".", text.AsSpan(text.Length - places));
        return IsNegative ? "-" + unsigned : unsigned;
    }
}
