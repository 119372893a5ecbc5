using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Quotes.Feeds;

namespace Kopeck.Ledger.Tests.Quotes;

public sealed class FeedConversionTests
{
    [Theory]
    [InlineData("EUR", "USD 0.90909090909091 1.1000; JPY 0.00613045610593 163.12; GBP 1.17647058823529 0.85000")]
    [InlineData("USD", "EUR 1.1 1; USD 1.1000; JPY 0.00674350171653 163.12; USD 1.1000; GBP 1.29411764705882 0.85000; USD 1.1000")]
    [InlineData("JPY", "EUR 163.12 1; JPY 163.12; USD 148.29090909090909 1.1000; JPY 163.12; GBP 191.90588235294118 0.85000; JPY 163.12")]
    public void An_ECB_day_becomes_quotes_in_the_books_base(string bookBase, string expected) =>
        Assert.Equal(expected, Book(FeedFiles.Read("ecb-daily.xml").Days[0], bookBase));

    [Theory]
    [InlineData("RUB", "USD 82.1665 82,1665; JPY 0.5571 55,7100 per 100")]
    [InlineData("JPY", "RUB 1.7950098725543 1; JPY 55,7100 per 100; USD 147.48967869323281 82,1665; JPY 55,7100 per 100")]
    public void A_Bank_of_Russia_day_becomes_quotes_by_the_nominal(string bookBase, string expected) =>
        Assert.Equal(expected, Book(FeedFiles.Read("cbr-daily.xml").Days[0], bookBase));

    [Fact]
    public void A_book_whose_base_the_feed_does_not_know_is_told_so()
    {
        var day = FeedFiles.Read("ecb-daily.xml").Days[0];
        Assert.False(FeedConversion.TryToBook(day, "CHF", out var quotes, out var skipped, out var error));
        Assert.Equal("base_not_in_feed", error.Code);
        Assert.Contains("CHF", error.Detail, StringComparison.Ordinal);
        Assert.Empty(quotes);
        Assert.Empty(skipped);
    }

    [Fact]
    public void What_a_book_cannot_hold_is_skipped_and_listed()
    {
        var day = Day(
            "USD",
            ("EUR", "0.9"), ("BTC", "1.07e-5"), ("XAU", "0.0004"), ("CNH", "7.2"), ("JPY", "1e30"), ("GBP", "1e-20"), ("VEF_DICOM", "3"), ("CHF", "2e14"), ("SEK", "199999999999999"));
        Assert.True(FeedConversion.TryToBook(day, "USD", out var quotes, out var skipped, out _));
        Assert.Equal("EUR, SEK", string.Join(", ", quotes.Select(quote => quote.Currency)));
        Assert.Equal((UInt128)1, quotes[1].Rate.Scaled);
        Assert.Equal(
            "BTC unknown_currency, XAU no_minor_unit, CNH unknown_currency, JPY rate_too_small, GBP rate_too_large, VEF_DICOM unknown_currency, CHF rate_too_small",
            string.Join(", ", skipped.Select(figure => $"{figure.Currency} {figure.Reason.Code}")));
    }

    [Theory]
    [InlineData("8", "0.125")]
    [InlineData("3", "0.33333333333333")]
    [InlineData("1.5", "0.66666666666667")]
    [InlineData("2e13", "0.00000000000005")]
    [InlineData("4e13", "0.00000000000002")]
    [InlineData("1.25e14", "0.00000000000001")]
    [InlineData("1.0e-13", "10000000000000")]
    [InlineData("1e-14", null)]
    public void A_quote_is_rounded_half_even_once(string figure, string? expected)
    {
        Assert.True(FeedConversion.TryToBook(Day("EUR", ("USD", figure)), "EUR", out var quotes, out var skipped, out _));
        if (expected is null)
            Assert.Equal("rate_too_large", Assert.Single(skipped).Reason.Code);
        else
            Assert.Equal(Rate(expected), Assert.Single(quotes).Rate);
    }

    [Fact]
    public void A_cross_rate_is_not_rounded_twice()
    {
        // 7 / 3 exactly; over 1 / 3 rounded to 14 decimals it would end in 3 fewer threes.
        Assert.True(FeedConversion.TryToBook(Day("EUR", ("USD", "0.000003"), ("JPY", "0.000007")), "JPY", out var quotes, out _, out _));
        Assert.Equal([Rate("0.000007"), Rate("2.33333333333333")], quotes.Select(quote => quote.Rate));
    }

    [Fact]
    public void Exponents_are_exact()
    {
        Assert.True(FeedConversion.TryToBook(Day("EUR", ("USD", "125e-2"), ("JPY", "1.6312E+2")), "EUR", out var quotes, out _, out _));
        Assert.Equal([Rate("0.8"), Rate("0.00613045610593")], quotes.Select(quote => quote.Rate));
    }

    [Fact]
    public void A_figure_that_was_made_up_is_an_error_not_a_crash()
    {
        foreach (var bad in (string[])["", "0", "-1", "1..2", "x", "1e", "1e99999999999"])
        {
            Assert.False(FeedConversion.TryToBook(Day("EUR", ("USD", bad)), "EUR", out var quotes, out _, out var error));
            Assert.Equal("bad_rate", error.Code);
            Assert.Empty(quotes);
            Assert.False(FeedConversion.TryToBook(Day("EUR", ("USD", bad)), "USD", out _, out _, out error));
            Assert.Equal("bad_rate", error.Code);
        }
    }

    static FeedDay Day(string baseCode, params (string Currency, string Figure)[] figures) => new()
    {
        Date = new DateOnly(2026, 11, 20),
        Base = baseCode,
        Figures = [.. figures.Select(figure => new FeedFigure(figure.Currency, figure.Figure, "1", FeedDirection.CurrencyPerBase))],
    };

    static string Book(FeedDay day, string bookBase)
    {
        Assert.True(FeedConversion.TryToBook(day, bookBase, out var quotes, out var skipped, out var error), error?.ToString());
        Assert.Empty(skipped);
        return string.Join("; ", quotes.Select(quote => $"{quote.Currency} {Text(quote.Rate)} {quote.Figure}"));
    }

    static string Text(QuoteRate rate)
    {
        var digits = rate.Scaled.ToString(null, null).PadLeft(15, '0');
        return (digits[..^14] + "." + digits[^14..]).TrimEnd('0').TrimEnd('.');
    }

    static QuoteRate Rate(string text)
    {
        Assert.True(QuoteRate.TryParse(text, out var rate, out _));
        return rate;
    }
}
