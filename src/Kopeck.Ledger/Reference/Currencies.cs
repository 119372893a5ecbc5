using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

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

/// <summary>The currencies of ISO 4217 that are in use.</summary>
public static class Currencies
{
    static readonly Lazy<ImmutableArray<IsoCurrency>> Table = new(Read);
    static readonly Lazy<FrozenDictionary<string, IsoCurrency>> ByCode =
        new(() => Table.Value.ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal));

    /// <summary>All of them, by code.</summary>
    public static ImmutableArray<IsoCurrency> All => Table.Value;

    /// <summary>Finds a currency by its alphabetic code in capitals.</summary>
    public static bool TryFind(string code, [NotNullWhen(true)] out IsoCurrency? currency) => ByCode.Value.TryGetValue(code, out currency);

    static ImmutableArray<IsoCurrency> Read() =>
    [
        .. ReferenceTable.Rows("iso4217.tsv").Select(fields => new IsoCurrency
        {
            Code = fields[0],
            NumericCode = fields[1],
            MinorUnits = fields[2].Length == 0 ? null : int.Parse(fields[2], CultureInfo.InvariantCulture),
            IsFund = fields[3] == "1",
            Name = fields[4].Trim(),
            Symbol = fields[5],
            NarrowSymbol = ReferenceTable.Optional(fields[6]),
            NameRu = ReferenceTable.Optional(fields[7]),
        }).OrderBy(currency => currency.Code, StringComparer.Ordinal),
    ];
}
