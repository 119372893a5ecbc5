namespace Kopeck.Ledger.Reference;

/// <summary>A code of ISO 4217.</summary>
public sealed record IsoCurrency
{
    /// <summary>The alphabetic code, such as <c>EUR</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The numeric code: three digits, such as <c>978</c>.</summary>
    public required string NumericCode { get; init; }

    /// <summary>Digits of the minor unit, 0 to 4; null for codes such as XAU and XTS that have none and hold no wallet.</summary>
    public required int? MinorUnits { get; init; }

    /// <summary>Whether it is a unit of account of funds rather than money.</summary>
    public required bool IsFund { get; init; }

    /// <summary>The name of ISO 4217, in English.</summary>
    public required string Name { get; init; }

    /// <summary>The name in Russian, where CLDR has one.</summary>
    public required string? NameRu { get; init; }

    /// <summary>How English text writes it: a symbol or the code.</summary>
    public required string Symbol { get; init; }

    /// <summary>The shortest symbol, which other currencies may share; null where CLDR has none.</summary>
    public required string? NarrowSymbol { get; init; }
}
