using System.Globalization;
using System.Numerics;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes.Feeds;

namespace Kopeck.Ledger.Tests.Quotes;

public sealed class FeedGoldenTests
{
    public static TheoryData<string> Large =>
    [
        "eurofxref-hist.csv", "eurofxref-hist-90d.xml", "eurofxref-daily.xml", "eurofxref.csv", "XML_daily.asp.xml",
        "frankfurter-v1-series.json", "frankfurter-v1-amount-100.json", "frankfurter-v2.ndjson", "openexchangerates-latest.json",
    ];

    [Theory]
    [InlineData("ecb-daily.csv", "ecb 2026-11-20 EUR: USD 1.1, JPY 163.12, GBP 0.85")]
    [InlineData("ecb-daily.xml", "ecb 2026-11-20 EUR: USD 1.1, JPY 163.12, GBP 0.85")]
    [InlineData("ecb-hist.csv", "ecb 2026-11-19 EUR: USD 1.099, JPY 162.9, GBP 0.849\necb 2026-11-20 EUR: USD 1.1, JPY 163.12, GBP 0.85")]
    [InlineData("ecb-hist.xml", "ecb 2026-11-19 EUR: USD 1.099\necb 2026-11-20 EUR: USD 1.1, JPY 163.12")]
    [InlineData("cbr-daily.xml", "cbr 2026-11-21 RUB: USD 1 = 82.1665, JPY 100 = 55.71")]
    [InlineData("frankfurter-v1.json", "frankfurter 2026-11-20 EUR: GBP 0.85, JPY 163.12, USD 1.1")]
    [InlineData("frankfurter-v2.json", "frankfurter 2026-11-20 EUR: GBP 0.85, USD 1.1")]
    [InlineData("openexchangerates.json", "openexchangerates 2026-11-20 USD: EUR 0.909091, JPY 148.29, GBP 0.772727")]
    public void A_small_feed_reads_as_it_was_written(string name, string expected) =>
        Assert.Equal(expected, FeedFiles.Text(FeedFiles.Read(name)));

    [Theory]
    [MemberData(nameof(Large))]
    public void A_large_feed_becomes_the_quotes_that_exact_fractions_give(string name)
    {
        var feed = FeedFiles.Read($"large/{name}");
        var expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "feeds", "large", name + ".expected.tsv"));
        Assert.Equal(expected[0], $"# {feed.Source} {feed.Days.Count} {feed.Days.Sum(day => day.Figures.Count)}");
        Assert.Equal(feed.Days.OrderBy(day => day.Date), feed.Days);

        var asked = expected.Skip(1).Select(line => line.Split('\t')).GroupBy(fields => (Date: fields[0], Book: fields[1])).ToList();
        Assert.NotEmpty(asked);
        foreach (var group in asked)
        {
            var day = Assert.Single(feed.Days, day => day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == group.Key.Date);
            Assert.True(FeedConversion.TryToBook(day, group.Key.Book, out var quotes, out var skipped, out var error), error?.ToString());
            Assert.Equal(
                string.Join('\n', group.Select(fields => $"{fields[2]} {Scaled(fields[3])}")),
                string.Join('\n', quotes.Select(quote => $"{quote.Currency} {Divided(quote.Pair)}")));
            var bases = day.Base == group.Key.Book ? 0 : 1;
            Assert.Equal(day.Figures.Count + bases, quotes.Count + skipped.Count + bases);
        }
    }

    [Fact]
    public void The_ECBs_whole_history_is_read()
    {
        var feed = FeedFiles.Read("large/eurofxref-hist.csv");
        Assert.True(feed.Days[0].Date.Year == 1999 && feed.Days[^1].Date == new DateOnly(2026, 11, 20));
        Assert.Contains(feed.Days[0].Figures, figure => figure.Currency == "CYP");
        Assert.DoesNotContain(feed.Days[^1].Figures, figure => figure.Currency is "CYP" or "BGN" or "RUB");
    }

    [Fact]
    public void Two_forms_of_the_same_period_say_the_same()
    {
        var series = FeedFiles.Read("large/frankfurter-v1-series.json");
        var rows = FeedFiles.Read("large/frankfurter-v2.ndjson");
        Assert.Equal(
            series.Days.Select(day => (day.Date, day.Figures.ToArray())),
            rows.Days.Select(day => (day.Date, day.Figures.ToArray())));
    }

    /// <summary>What one unit is worth in units of 10^-14, rounded half-even once, as the expected files have it.</summary>
    static BigInteger Divided(QuotePair pair)
    {
        var quotient = BigInteger.DivRem((BigInteger)pair.Base.Scaled * BigInteger.Pow(10, 14), pair.Units.Scaled, out var remainder);
        var order = (2 * remainder).CompareTo(pair.Units.Scaled);
        return order > 0 || (order == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    static string Scaled(string rate)
    {
        var parts = rate.Split('.');
        return (parts[0] + (parts.Length > 1 ? parts[1] : "").PadRight(14, '0')).TrimStart('0');
    }
}
