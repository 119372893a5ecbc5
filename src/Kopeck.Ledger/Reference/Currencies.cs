using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kopeck.Ledger.Reference;

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
