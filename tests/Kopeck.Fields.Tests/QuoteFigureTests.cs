using System.Globalization;
using System.Numerics;
using CsCheck;
using Kopeck.Ledger.Fields;

namespace Kopeck.Fields.Tests;

/// <summary>A figure of a quote is read digit by digit and written without trailing zeros. A failure prints its seed.</summary>
public sealed class QuoteFigureTests
{
    static readonly BigInteger Unit = BigInteger.Pow(10, QuoteFigure.Scale);

    static readonly Gen<string> Digits = Gen.Char['0', '9'].Array[1, 18].Select(digits => new string(digits));

    [Fact]
    public void A_number_is_read_exactly_or_refused_with_the_first_reason() =>
        Gen.Select(Digits, Digits, Gen.Bool).Sample((whole, fraction, hasFraction) =>
        {
            whole = whole.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0";
            fraction = hasFraction ? fraction : "";
            var text = hasFraction ? $"{whole}.{fraction}" : whole;
            var scaled = BigInteger.Parse(
                whole + fraction.PadRight(18, '0'), CultureInfo.InvariantCulture) / BigInteger.Pow(10, 18 - QuoteFigure.Scale);
            var expected =
                fraction.Length > QuoteFigure.Scale
                    ? "too_many_decimals"
                    : whole.Length > QuoteFigure.Precision - QuoteFigure.Scale
                    ? "too_large"
                    : scaled.IsZero
                    ? "not_positive"
                    : null;
            var isValid = QuoteFigure.TryParse(text, out var rate, out var error);
            return expected is null ? isValid && (BigInteger)rate.Scaled == scaled : error?.Code == expected;
        }, iter: 100_000);

    [Fact]
    public void What_is_written_is_canonical_and_read_back_as_the_same() =>
        Gen.Select(Gen.ULong[0, 99_999_999_999_999], Gen.ULong[0, 99_999_999_999_999]).Where(parts => parts.Item1 + parts.Item2 > 0)
            .Sample(parts =>
        {
            var rate = QuoteFigure.Parse($"{parts.Item1}.{parts.Item2:D14}");
            var text = rate.ToString();
            return QuoteFigure.Parse(text) == rate
                && (BigInteger)rate.Scaled == parts.Item1 * Unit + parts.Item2
                && !text.EndsWith('.')
                && (!text.Contains('.', StringComparison.Ordinal) || !text.EndsWith('0'));
        });

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1..2")]
    [InlineData("1.2.3")]
    [InlineData("01")]
    [InlineData("00.5")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("1,5")]
    [InlineData("1 ")]
    [InlineData("1_000")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("٣")]
    [InlineData("１")]
    public void What_is_not_plain_decimal_digits_is_not_a_number(string text)
    {
        Assert.False(QuoteFigure.TryParse(text, out _, out var error));
        Assert.Equal("not_a_number", error.Code);
    }

    [Fact]
    public void The_extremes_are_read_and_written()
    {
        var largest = $"{new string('9', QuoteFigure.Precision - QuoteFigure.Scale)}.{new string('9', QuoteFigure.Scale)}";
        Assert.Equal(QuoteFigure.MaxScaled, QuoteFigure.Parse(largest).Scaled);
        Assert.Equal(largest, QuoteFigure.Parse(largest).ToString());
        Assert.Equal(UInt128.One, QuoteFigure.Parse("0.00000000000001").Scaled);
        Assert.Equal(("163", "1.0842"), (QuoteFigure.Parse("163.00").ToString(), QuoteFigure.Parse("1.08420").ToString()));
        Assert.Throws<FormatException>(() => QuoteFigure.Parse("0"));
    }
}
