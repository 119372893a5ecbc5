using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Kopeck.Ledger.Reference;

/// <summary>The countries of ISO 3166-1.</summary>
public static class Countries
{
    static readonly Lazy<ImmutableArray<Country>> Table = new(Read);
    static readonly Lazy<FrozenDictionary<string, Country>> ByCode =
        new(() => Table.Value.ToFrozenDictionary(country => country.Alpha2, StringComparer.Ordinal));
    static readonly Lazy<ImmutableArray<SearchableCountry>> Searchable = new(
        () =>
            [.. Table.Value.Select(country => new SearchableCountry(country, TextFold.Fold(country.Name), TextFold.Fold(country.NameRu)))]);

    /// <summary>All of them, by alpha-2 code.</summary>
    public static ImmutableArray<Country> All => Table.Value;

    /// <summary>Finds a country by its alpha-2 code in capitals.</summary>
    public static bool TryFind(string alpha2, [NotNullWhen(true)] out Country? country) => ByCode.Value.TryGetValue(alpha2, out country);

    /// <summary>
    /// Countries that a prefix may mean, case and accents ignored: first those whose code it is, then those whose English or Russian
    /// name starts with it, then those with a later word that does; by English name within each. An empty prefix means all.
    /// </summary>
    /// <param name="limit">The most that are returned, 1 or more.</param>
    public static IReadOnlyList<Country> Search(string prefix, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var folded = TextFold.Fold(prefix.Trim());
        return
        [
            .. Searchable.Value
                .Select(candidate => (candidate.Country, candidate.FoldedName, Rank: candidate.Rank(folded)))
                .Where(candidate => candidate.Rank < SearchableCountry.NoMatch)
                .OrderBy(candidate => candidate.Rank)
                .ThenBy(candidate => candidate.FoldedName, StringComparer.Ordinal)
                .Select(candidate => candidate.Country)
                .Take(limit),
        ];
    }

    static ImmutableArray<Country> Read() =>
    [
        .. ReferenceTable.Rows("countries.tsv").Select(fields => new Country
        {
            Alpha2 = fields[0],
            Alpha3 = fields[1],
            NumericCode = fields[2],
            Name = fields[3],
            NameRu = fields[4],
            Currencies = [.. fields[5].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        }).OrderBy(country => country.Alpha2, StringComparer.Ordinal),
    ];

    sealed record SearchableCountry(Country Country, string FoldedName, string FoldedNameRu)
    {
        public const int NoMatch = 3;

        public int Rank(string folded)
        {
            if (folded.Equals(Country.Alpha2, StringComparison.OrdinalIgnoreCase)
                || folded.Equals(Country.Alpha3, StringComparison.OrdinalIgnoreCase))
                return 0;
            if (FoldedName.StartsWith(folded, StringComparison.Ordinal) || FoldedNameRu.StartsWith(folded, StringComparison.Ordinal))
                return 1;
            return FoldedPrefix.StartsAWord(FoldedName, folded) || FoldedPrefix.StartsAWord(FoldedNameRu, folded) ? 2 : NoMatch;
        }
    }
}
