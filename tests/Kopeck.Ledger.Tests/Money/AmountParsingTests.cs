using System.Text;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Tests.Money;

public sealed class AmountParsingTests
{
    public static TheoryData<string, string> Malformed => new()
    {
        { "", "not_a_number" },
        { " ", "not_a_number" },
        { ".", "not_a_number" },
        { ".5", "not_a_number" },
        { "5.", "not_a_number" },
        { "-", "not_a_number" },
        { "+", "not_a_number" },
        { "--1", "not_a_number" },
        { "1-", "not_a_number" },
        { "-.5", "not_a_number" },
        { "1..5", "not_a_number" },
        { "1.2.3", "not_a_number" },
        { "1.-5", "not_a_number" },
        { "1,000", "not_a_number" },
        { "1,50", "not_a_number" },
        { "1 000", "not_a_number" },
        { "1_000", "not_a_number" },
        { "1'000.00", "not_a_number" },
        { "1\u00A0000", "not_a_number" },
        { " 1", "not_a_number" },
        { "1 ", "not_a_number" },
        { "1\n", "not_a_number" },
        { "\t1", "not_a_number" },
        { "1\0", "not_a_number" },
        { "\0", "not_a_number" },
        { "NaN", "not_a_number" },
        { "Infinity", "not_a_number" },
        { "-Infinity", "not_a_number" },
        { "∞", "not_a_number" },
        { "null", "not_a_number" },
        { "abc", "not_a_number" },
        { "1a", "not_a_number" },
        { "e5", "not_a_number" },
        { "1e", "not_a_number" },
        { "1e+", "not_a_number" },
        { "1.e5", "not_a_number" },
        { "1e5.0", "not_a_number" },
        { "0x10", "not_a_number" },
        { "$1", "not_a_number" },
        { "1 EUR", "not_a_number" },
        { "(1)", "not_a_number" },
        { "1%", "not_a_number" },
        { "١٢٣", "not_a_number" },
        { "１２", "not_a_number" },
        { "1.٥", "not_a_number" },
        { "१", "not_a_number" },
        { "𝟏", "not_a_number" },
        { "²", "not_a_number" },
        { "½", "not_a_number" },
        { "1．5", "not_a_number" },
        { "1٫5", "not_a_number" },
        { "−1", "not_a_number" },
        { "\u200E1", "not_a_number" },
        { "\uFEFF1", "not_a_number" },
        { "-1", "sign" },
        { "-0", "sign" },
        { "-0.00", "sign" },
        { "+1", "sign" },
        { "+0.5", "sign" },
        { "-1e5", "sign" },
        { "-007", "sign" },
        { "00", "leading_zero" },
        { "01", "leading_zero" },
        { "00.5", "leading_zero" },
        { "007.00", "leading_zero" },
        { "01e5", "leading_zero" },
        { "1e5", "exponent" },
        { "1E5", "exponent" },
        { "1.5e+3", "exponent" },
        { "1e-2", "exponent" },
        { "0e0", "exponent" },
        { "1e999999999999999999999", "exponent" },
        { new string('9', 37), "too_large" },
        { "1" + new string('0', 1_000_000), "too_large" },
        { "1." + new string('0', 1_000_000), "too_large" },
        { "0." + new string('9', 36), "too_large" },
    };

    public static TheoryData<string, string, long> WellFormed => new()
    {
        { "0", "JPY", 0 },
        { "0", "EUR", 0 },
        { "0.00", "EUR", 0 },
        { "1", "JPY", 1 },
        { "1", "EUR", 100 },
        { "1.5", "EUR", 150 },
        { "1.05", "EUR", 105 },
        { "0.01", "EUR", 1 },
        { "100.00", "EUR", 10000 },
        { "0.001", "KWD", 1 },
        { "12.345", "KWD", 12345 },
        { "0.0001", "CLF", 1 },
        { "7", "CLF", 70000 },
        { "1000000000000000", "JPY", 1_000_000_000_000_000 },
        { "10000000000000.00", "EUR", 1_000_000_000_000_000 },
        { "9999999999999.99", "EUR", 999_999_999_999_999 },
        { "1000000000000.000", "KWD", 1_000_000_000_000_000 },
        { "100000000000.0000", "CLF", 1_000_000_000_000_000 },
    };

    public static TheoryData<string, string, string, string> OutsideOfTheCurrency => new()
    {
        { "1.5", "JPY", "too_many_decimals", "JPY has no decimals, got 1.5" },
        { "1.0", "JPY", "too_many_decimals", "JPY has no decimals, got 1.0" },
        { "0.0", "JPY", "too_many_decimals", "JPY has no decimals, got 0.0" },
        { "1.000", "EUR", "too_many_decimals", "EUR has 2 decimals, got 1.000" },
        { "0.001", "EUR", "too_many_decimals", "EUR has 2 decimals, got 0.001" },
        { "1.23456", "CLF", "too_many_decimals", "CLF has 4 decimals, got 1.23456" },
        {
            "0.00000000000000000000000000000000001",
            "EUR",
            "too_many_decimals",
            "EUR has 2 decimals, got 0.00000000000000000000000000000000001"
        },
        { "1000000000000001", "JPY", "too_large", "An amount is at most 1000000000000000 JPY" },
        { "10000000000000.01", "EUR", "too_large", "An amount is at most 10000000000000.00 EUR" },
        { "1000000000000.001", "KWD", "too_large", "An amount is at most 1000000000000.000 KWD" },
        { "100000000001", "CLF", "too_large", "An amount is at most 100000000000.0000 CLF" },
        { "999999999999999999999999999999999999", "CLF", "too_large", "An amount is at most 100000000000.0000 CLF" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_amount_is_refused_with_its_own_code(string text, string code)
    {
        Assert.False(DecimalAmount.TryParse(text, out var amount, out var error));
        Assert.Equal(code, error.Code);
        Assert.NotEmpty(error.Detail);
        Assert.Equal(default, amount);

        Assert.False(DecimalAmount.TryParse(Encoding.UTF8.GetBytes(text), out _, out var utf8Error));
        Assert.Equal(error, utf8Error);
    }

    [Theory]
    [MemberData(nameof(WellFormed))]
    public void An_amount_is_exact_in_its_currency_and_keeps_its_text(string text, string code, long minor)
    {
        Assert.True(DecimalAmount.TryParse(text, out var amount, out _));
        Assert.True(DecimalAmount.TryParse(Encoding.UTF8.GetBytes(text), out var fromUtf8, out _));
        Assert.Equal(amount, fromUtf8);
        Assert.Equal(text, amount.ToString());
        Assert.True(Currency.TryFind(code, out var currency));
        Assert.True(amount.TryToMinor(currency, out var actual, out var error));
        Assert.Equal(minor, actual);
        Assert.Null(error);
    }

    [Theory]
    [MemberData(nameof(OutsideOfTheCurrency))]
    public void An_amount_that_its_currency_cannot_hold_is_told_why(string text, string code, string expectedCode, string detail)
    {
        Assert.True(DecimalAmount.TryParse(text, out var amount, out _));
        Assert.True(Currency.TryFind(code, out var currency));
        Assert.False(amount.TryToMinor(currency, out var minor, out var error));
        Assert.Equal(0, minor);
        Assert.Equal(expectedCode, error.Code);
        Assert.Equal(detail, error.Detail);
    }

    [Theory]
    [InlineData("-1", -100)]
    [InlineData("-0.01", -1)]
    [InlineData("-10000000000000.00", -1_000_000_000_000_000)]
    [InlineData("0", 0)]
    [InlineData("12.50", 1250)]
    public void A_signed_amount_may_start_with_one_minus(string text, long minor)
    {
        Assert.True(DecimalAmount.TryParseSigned(text, out var amount, out _));
        Assert.True(DecimalAmount.TryParseSigned(Encoding.UTF8.GetBytes(text), out var fromUtf8, out _));
        Assert.Equal(amount, fromUtf8);
        Assert.Equal(text, amount.ToString());
        Assert.True(Currency.TryFind("EUR", out var currency));
        Assert.True(amount.TryToMinor(currency, out var actual, out _));
        Assert.Equal(minor, actual);
    }

    [Theory]
    [InlineData("-0", "sign")]
    [InlineData("-0.00", "sign")]
    [InlineData("+1", "sign")]
    [InlineData("--1", "not_a_number")]
    [InlineData("- 1", "not_a_number")]
    [InlineData("-01", "leading_zero")]
    [InlineData("-1e1", "exponent")]
    [InlineData("-", "not_a_number")]
    public void A_malformed_signed_amount_is_refused(string text, string code)
    {
        Assert.False(DecimalAmount.TryParseSigned(text, out _, out var error));
        Assert.Equal(code, error.Code);
        Assert.False(DecimalAmount.TryParseSigned(Encoding.UTF8.GetBytes(text), out _, out var utf8Error));
        Assert.Equal(error, utf8Error);
    }

    [Theory]
    [InlineData("1.00", "1")]
    [InlineData("1.50", "1.5")]
    [InlineData("100", "100")]
    [InlineData("0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("10.010", "10.01")]
    [InlineData("-2.50", "-2.5")]
    public void Amounts_of_the_same_worth_have_one_canonical_text(string text, string canonical)
    {
        Assert.True(DecimalAmount.TryParseSigned(text, out var amount, out _));
        Assert.Equal(canonical, amount.Canonical);
    }

    [Fact]
    public void An_amount_of_up_to_36_digits_keeps_every_digit_wherever_its_point_is()
    {
        const string Digits = "123456789012345678901234567890123456";
        for (var length = 1; length <= Digits.Length; length++)
        {
            for (var point = 1; point <= length; point++)
            {
                var text = point == length ? Digits[..length] : Digits[..point] + "." + Digits[point..length];
                Assert.True(DecimalAmount.TryParse(text, out var amount, out _));
                Assert.Equal(text, amount.ToString());
            }
        }
    }

    [Fact]
    public void The_default_amount_is_zero()
    {
        Assert.Equal("0", default(DecimalAmount).ToString());
        Assert.True(default(DecimalAmount).IsZero);
        Assert.True(DecimalAmount.TryParse("0", out var zero, out _));
        Assert.Equal(zero, default);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_not_a_number()
    {
        Assert.False(DecimalAmount.TryParse([0x31, 0xFF], out _, out var error));
        Assert.Equal("not_a_number", error.Code);
    }
}
