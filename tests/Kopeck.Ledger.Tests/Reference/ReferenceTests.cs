using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reference;

namespace Kopeck.Ledger.Tests.Reference;

public sealed class ReferenceTests
{
    [Fact]
    public void The_currencies_are_those_of_ISO_4217()
    {
        Assert.InRange(Currencies.All.Length, 170, 190);
        Assert.Equal(Currencies.All.Length, Currencies.All.Select(currency => currency.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            Currencies.All.Length, Currencies.All.Select(currency => currency.NumericCode).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Currencies.All.OrderBy(currency => currency.Code, StringComparer.Ordinal), Currencies.All);
        Assert.All(Currencies.All, currency =>
        {
            Assert.Matches("^[A-Z]{3}$", currency.Code);
            Assert.Matches("^[0-9]{3}$", currency.NumericCode);
            Assert.True(currency.MinorUnits is null or (>= 0 and <= AmountLimits.MaxMinorUnits), currency.Code);
            Assert.Equal(currency.Name.Trim(), currency.Name);
            Assert.NotEmpty(currency.Name);
            Assert.NotEmpty(currency.Symbol);
            Assert.Equal(currency.MinorUnits is not null, Currency.TryFind(currency.Code, out _));
        });
    }

    [Fact]
    public void The_Caribbean_guilder_replaced_the_Antillean_and_the_lev_is_gone()
    {
        Assert.True(Currencies.TryFind("XCG", out var guilder));
        Assert.Equal(("532", 2, "Caribbean Guilder", "Cg."), (guilder.NumericCode, guilder.MinorUnits, guilder.Name, guilder.NarrowSymbol));
        Assert.False(Currencies.TryFind("ANG", out _));
        Assert.False(Currencies.TryFind("BGN", out _));
    }

    [Fact]
    public void Every_countrys_currency_is_known()
    {
        Assert.Equal(249, Countries.All.Length);
        Assert.All(Countries.All, country =>
        {
            Assert.Matches("^[A-Z]{2}$", country.Alpha2);
            Assert.Matches("^[A-Z]{3}$", country.Alpha3);
            Assert.All(country.Currencies, code => Assert.True(Currency.TryFind(code, out _), $"{code} of {country.Name}"));
        });
        Assert.True(Countries.TryFind("BG", out var bulgaria));
        Assert.Equal(["EUR"], bulgaria.Currencies);
        Assert.False(Countries.TryFind("XX", out _));
        Assert.False(Countries.TryFind("bg", out _));
    }

    [Theory]
    [InlineData("FR", "FR")]
    [InlineData("deu", "DE")]
    [InlineData("germ", "DE")]
    [InlineData("Герм", "DE")]
    [InlineData("ГЕРМ", "DE")]
    [InlineData("cote", "CI")]
    [InlineData("Åland", "AX")]
    [InlineData("aland", "AX")]
    [InlineData("curacao", "CW")]
    [InlineData("  japan ", "JP")]
    [InlineData("Йемен", "YE")]
    public void A_country_is_found_first_by_code_or_name(string prefix, string expected) =>
        Assert.Equal(expected, Countries.Search(prefix, 10)[0].Alpha2);

    [Fact]
    public void A_country_is_found_by_a_later_word_too()
    {
        Assert.Contains(Countries.Search("kingdom", 10), country => country.Alpha2 == "GB");
        Assert.Contains(
            Countries.Search("африк", 10), country => country.Alpha2 == "ZA" || country.NameRu.Contains("Африк", StringComparison.Ordinal));
        Assert.Equal("IN", Countries.Search("in", 3)[0].Alpha2);
        Assert.Empty(Countries.Search("zzzz", 10));
        Assert.Empty(Countries.Search("%", 10));
        Assert.Empty(Countries.Search("_", 10));
        Assert.Equal(249, Countries.Search("", 1_000).Count);
        Assert.Equal(5, Countries.Search("", 5).Count);
    }

    [Theory]
    [InlineData("DE", "mun", "Munich")]
    [InlineData("DE", "MÜN", "Munich")]
    [InlineData("DE", "MUNSTE", "Münster")]
    [InlineData("US", "new y", "New York City")]
    [InlineData("US", "york", "New York City")]
    [InlineData("PL", "lodz", "Łódź")]
    [InlineData("TR", "istan", "Istanbul")]
    [InlineData("DK", "KØB", null)]
    [InlineData("FR", "par", "Paris")]
    public void The_largest_city_with_a_word_that_starts_so_comes_first(string country, string prefix, string? expected)
    {
        var found = Cities.Search(country, prefix, 10);
        Assert.Equal(expected, found.Count == 0 ? null : found[0].Name);
        Assert.Equal(found.OrderByDescending(city => city.Population), found);
        Assert.All(found, city => Assert.Equal(country, city.Country));
    }

    [Fact]
    public void Unknown_countries_and_wildcards_find_no_city()
    {
        Assert.Empty(Cities.Search("XX", "", 10));
        Assert.Empty(Cities.Search("de", "", 10));
        Assert.Empty(Cities.Search("DE", "%", 10));
        Assert.Empty(Cities.Search("DE", "_", 10));
        Assert.Equal(7, Cities.Search("DE", "", 7).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => Cities.Search("DE", "", 0));
    }

    [Fact]
    public void All_cities_are_there()
    {
        var all = Countries.All.SelectMany(country => Cities.Search(country.Alpha2, "", int.MaxValue)).ToList();
        Assert.InRange(all.Count, 24_000, 24_362);
        Assert.Equal(all.Count, all.Select(city => city.GeonameId).Distinct().Count());
        Assert.All(all, city => Assert.NotEmpty(TextFold.Fold(city.Name)));
    }
}
