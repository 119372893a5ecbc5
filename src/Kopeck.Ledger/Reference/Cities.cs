using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Kopeck.Ledger.Reference;

/// <summary>
/// The known cities. Nothing is read before the first search, and then only the countries that are searched: the table itself stays
/// in the assembly's image.
/// </summary>
public static class Cities
{
    const string TableName = "cities15000.tsv";

    static readonly Lazy<FrozenDictionary<string, Extent>> Extents = new(FindExtents);
    static readonly ConcurrentDictionary<string, ImmutableArray<SearchableCity>> ByCountry = new(StringComparer.Ordinal);

    /// <summary>
    /// Cities of a country in whose name a word starts with the prefix, case and accents ignored, the most populous first.
    /// An empty prefix means all.
    /// </summary>
    /// <param name="country">The alpha-2 code in capitals; nothing is found in one that is not known.</param>
    /// <param name="limit">The most that are returned, 1 or more.</param>
    public static IReadOnlyList<City> Search(string country, string prefix, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (!Extents.Value.TryGetValue(country, out var extent))
            return [];
        var folded = TextFold.Fold(prefix.Trim());
        return
        [
            .. ByCountry.GetOrAdd(country, static (_, extent) => Read(extent), extent)
                .Where(candidate => FoldedPrefix.StartsAWord(candidate.FoldedName, folded))
                .Select(candidate => candidate.City)
                .Take(limit),
        ];
    }

    /// <summary>The cities of a country lie together in the table; this finds where, in bytes.</summary>
    static FrozenDictionary<string, Extent> FindExtents()
    {
        var extents = new Dictionary<string, Extent>(StringComparer.Ordinal);
        var table = ReadBytes(0, null);
        var lineStart = table.AsSpan().IndexOf((byte)'\n') + 1;
        while (lineStart < table.Length)
        {
            var line = table.AsSpan(lineStart);
            var length = line.IndexOf((byte)'\n') is var end and >= 0 ? end + 1 : line.Length;
            var countryAt = line.IndexOf((byte)'\t') + 1;
            var country = Encoding.ASCII.GetString(line.Slice(countryAt, 2));
            if (!extents.TryGetValue(country, out var extent))
                extents.Add(country, new Extent(lineStart, length));
            else if (extent.Start + extent.Length == lineStart)
                extents[country] = extent with { Length = extent.Length + length };
            else
                throw new InvalidOperationException($"The cities of {country} do not lie together in {TableName}");
            lineStart += length;
        }

        return extents.ToFrozenDictionary(StringComparer.Ordinal);
    }

    static ImmutableArray<SearchableCity> Read(Extent extent) =>
    [
        .. Encoding.UTF8.GetString(ReadBytes(extent.Start, extent.Length))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => ReadCity(line.TrimEnd('\r').Split('\t')))
            .OrderByDescending(candidate => candidate.City.Population)
            .ThenBy(candidate => candidate.FoldedName, StringComparer.Ordinal)
            .ThenBy(candidate => candidate.City.GeonameId),
    ];

    static SearchableCity ReadCity(string[] fields)
    {
        var city = new City(
            int.Parse(fields[0], CultureInfo.InvariantCulture),
            string.Intern(fields[1]),
            ReferenceTable.Optional(fields[2]),
            fields[3],
            long.Parse(fields[4], CultureInfo.InvariantCulture));
        return new SearchableCity(city, TextFold.Fold(city.Name));
    }

    static byte[] ReadBytes(int start, int? length)
    {
        using var table = ReferenceTable.Open(TableName);
        table.Seek(start, SeekOrigin.Begin);
        var bytes = new byte[length ?? (int)table.Length];
        table.ReadExactly(bytes);
        return bytes;
    }

    readonly record struct Extent(int Start, int Length);

    sealed record SearchableCity(City City, string FoldedName);
}
