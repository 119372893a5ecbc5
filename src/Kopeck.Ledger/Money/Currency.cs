using System.Diagnostics.CodeAnalysis;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Reference;

namespace Kopeck.Ledger.Money;

/// <summary>
/// A currency that can hold money: an ISO 4217 code and the decimals of its minor unit.
/// <c>default</c> is no currency: an empty code without decimals, equal to no currency that was found.
/// </summary>
public readonly record struct Currency
{
    readonly string? code;

    /// <summary>
    /// A currency as it was stored. Accounts keep the minor unit that they were opened with, whatever ISO 4217 says later.
    /// </summary>
    /// <param name="code">Three ASCII capital letters.</param>
    /// <param name="minorUnits">0 to <see cref="AmountLimits.MaxMinorUnits"/>.</param>
    /// <exception cref="ArgumentException">The code is not three capital letters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The decimals are out of range.</exception>
    public Currency(string code, int minorUnits)
    {
        if (!IsCode(code))
            throw new ArgumentException("A currency code is three ASCII capital letters", nameof(code));
        ArgumentOutOfRangeException.ThrowIfNegative(minorUnits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minorUnits, AmountLimits.MaxMinorUnits);
        this.code = code;
        MinorUnits = minorUnits;
    }

    /// <summary>The ISO 4217 code, such as <c>EUR</c>.</summary>
    public string Code => code ?? "";

    /// <summary>Digits after the decimal point: 0 to <see cref="AmountLimits.MaxMinorUnits"/>.</summary>
    public int MinorUnits { get; }

    /// <summary>Finds a currency of ISO 4217 that has a minor unit.</summary>
    public static bool TryFind([NotNullWhen(true)] string? code, out Currency currency) => TryFind(code, out currency, out _);

    /// <summary>Finds a currency of ISO 4217 that has a minor unit.</summary>
    /// <param name="error"><c>unknown_currency</c>, or <c>no_minor_unit</c> for codes such as XAU and XTS, which hold no wallet.</param>
    public static bool TryFind([NotNullWhen(true)] string? code, out Currency currency, [NotNullWhen(false)] out FieldError? error)
    {
        currency = default;
        error = null;
        if (!IsCode(code))
            error = new FieldError("unknown_currency", "A currency is an ISO 4217 code of three capital letters, such as EUR");
        else if (!Currencies.TryFind(code, out var found))
            error = new FieldError("unknown_currency", $"{code} is not a currency of ISO 4217");
        else if (found.MinorUnits is not { } minorUnits)
            error = new FieldError("no_minor_unit", $"{code} has no minor unit and can hold no money");
        else
            currency = new Currency(found.Code, minorUnits);
        return error is null;
    }

    /// <summary>The code.</summary>
    public override string ToString() => Code;

    static bool IsCode([NotNullWhen(true)] string? code) =>
        code is { Length: 3 } && char.IsAsciiLetterUpper(code[0]) && char.IsAsciiLetterUpper(code[1]) && char.IsAsciiLetterUpper(code[2]);
}
