using Kopeck.Ledger.Quotes.Feeds;

namespace Kopeck.Ledger.Tests.Quotes;

/// <summary>What a feed publishes is what a quote is: nothing is divided on the way.</summary>
public sealed class FeedConversionTests
{
    [Theory]
    [InlineData("EUR", "USD 1.1 = 1; JPY 163.12 = 1; GBP 0.85 = 1")]
    [InlineData("USD", "EUR 1 = 1.1; JPY 163.12 = 1.1; GBP 0.85 = 1.1")]
    [InlineData("JPY", "EUR 1 = 163.12; USD 1.1 = 163.12; GBP 0.85 = 163.12")]
    public void An_ECB_day_becomes_quotes_in_the_books_base(string bookBase, string expected) =>
        Assert.Equal(expected, Book(FeedFiles.Read("ecb-daily.xml").Days[0], bookBase));

    [Theory]
    [InlineData("RUB", "USD 1 = 82.1665; JPY 100 = 55.71")]
    [InlineData("JPY", "RUB 55.71 = 100; USD 55.71 = 8216.65")]
    public void A_Bank_of_Russia_day_becomes_quotes_of_the_nominal(string bookBase, string expected) =>
        Assert.Equal(expected, Book(FeedFiles.Read("cbr-daily.xml").Days[0], bookBase));

    [Fact]
    public void Figures_for_another_amount_of_the_base_are_kept_as_they_are()
    {
        var day = FeedFiles.ReadText("""{"amount":10,"base":"EUR","date":"2026-11-20","rates":{"USD":11,"JPY":1631.2}}""").Days[0];
        Assert.Equal("USD 11 = 10; JPY 1631.2 = 10", Book(day, "EUR"));
        Assert.Equal("EUR 10 = 11; JPY 1631.2 = 11", Book(day, "USD"));
    }

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
            ("EUR", "0.9"), ("BTC", "1.07e-5"), ("XAU", "0.0004"), ("CNH", "7.2"), ("JPY", "1e30"), ("GBP", "1e-40"), ("VEF_DICOM", "3"),
            ("SEK", "199999999999999"));
        Assert.True(FeedConversion.TryToBook(day, "USD", out var quotes, out var skipped, out _));
        Assert.Equal(
            "EUR 0.9 = 1, SEK 19999999999999.9 = 0.1", string.Join(", ", quotes.Select(quote => $"{quote.Currency} {quote.Pair}")));
        Assert.Equal(
            "BTC unknown_currency, XAU no_minor_unit, CNH unknown_currency, JPY figure_out_of_range, GBP figure_out_of_range, VEF_DICOM unknown_currency",
            string.Join(", ", skipped.Select(figure => $"{figure.Currency} {figure.Reason.Code}")));
    }

    [Theory]
    [InlineData("8", "8 = 1")]
    [InlineData("1.10000", "1.1 = 1")]
    [InlineData("0.00000000000001", "0.00000000000001 = 1")]
    [InlineData("0.000000000000012345", "0.00000000012345 = 10000")]
    [InlineData("1e-20", "0.00000000000001 = 1000000")]
    [InlineData("99999999999999", "99999999999999 = 1")]
    [InlineData("1.25e16", "12500000000000 = 0.001")]
    [InlineData("1e27", "10000000000000 = 0.00000000000001")]
    public void Figures_that_are_too_long_move_together_and_keep_their_ratio(string figure, string expected) =>
        Assert.Equal("USD " + expected, Book(Day("EUR", ("USD", figure)), "EUR"));

    [Fact]
    public void Exponents_are_exact() =>
        Assert.Equal("USD 1.25 = 1; JPY 163.12 = 1", Book(Day("EUR", ("USD", "125e-2"), ("JPY", "1.6312E+2")), "EUR"));

    static FeedDay Day(string baseCode, params (string Currency, string Figure)[] figures)
    {
        var rates = string.Join(",", figures.Select(figure => $"\"{figure.Currency}\":{figure.Figure}"));
        return FeedFiles.ReadText($"{{\"timestamp\":1795176000,\"base\":\"{baseCode}\",\"rates\":{{{rates}}}}}").Days[0];
    }

    static string Book(FeedDay day, string bookBase)
    {
        Assert.True(FeedConversion.TryToBook(day, bookBase, out var quotes, out var skipped, out var error), error?.ToString());
        Assert.Empty(skipped);
        return string.Join("; ", quotes.Select(quote => $"{quote.Currency} {quote.Pair}"));
    }
}
