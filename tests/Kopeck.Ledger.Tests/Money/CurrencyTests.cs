using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Tests.Money;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("JPY", 0)]
    [InlineData("EUR", 2)]
    [InlineData("XCG", 2)]
    [InlineData("KWD", 3)]
    [InlineData("CLF", 4)]
    [InlineData("HUF", 2)]
    [InlineData("IQD", 3)]
    [InlineData("ISK", 0)]
    public void The_minor_unit_is_that_of_ISO_4217_not_of_display(string code, int minorUnits)
    {
        Assert.True(Currency.TryFind(code, out var currency, out var error));
        Assert.Null(error);
        Assert.Equal(code, currency.Code);
        Assert.Equal(minorUnits, currency.MinorUnits);
        Assert.Equal(new Currency(code, minorUnits), currency);
    }

    [Theory]
    [InlineData(null, "unknown_currency")]
    [InlineData("", "unknown_currency")]
    [InlineData("eur", "unknown_currency")]
    [InlineData("EU", "unknown_currency")]
    [InlineData("EURO", "unknown_currency")]
    [InlineData("ЕUR", "unknown_currency")]
    [InlineData("ZZZ", "unknown_currency")]
    [InlineData("ANG", "unknown_currency")]
    [InlineData("BGN", "unknown_currency")]
    [InlineData("XAU", "no_minor_unit")]
    [InlineData("XTS", "no_minor_unit")]
    [InlineData("XXX", "no_minor_unit")]
    [InlineData("XDR", "no_minor_unit")]
    public void A_code_that_can_hold_no_money_is_told_why(string? code, string expected)
    {
        Assert.False(Currency.TryFind(code, out var currency, out var error));
        Assert.Equal(expected, error.Code);
        Assert.Equal(default, currency);
        Assert.False(Currency.TryFind(code, out _));
    }

    [Fact]
    public void The_default_currency_is_none()
    {
        Assert.Equal("", default(Currency).Code);
        Assert.Equal("", default(Currency).ToString());
        Assert.Equal(0, default(Currency).MinorUnits);
    }

    [Fact]
    public void A_stored_currency_keeps_its_minor_unit_and_is_checked()
    {
        Assert.Equal(2, new Currency("BGN", 2).MinorUnits);
        Assert.Throws<ArgumentException>(() => new Currency("eur", 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Currency("EUR", 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Currency("EUR", -1));
    }
}
