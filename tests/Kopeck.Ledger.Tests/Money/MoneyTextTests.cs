using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Tests.Money;

public sealed class MoneyTextTests
{
    [Theory]
    [InlineData(0, 0, "0")]
    [InlineData(0, 2, "0.00")]
    [InlineData(5, 2, "0.05")]
    [InlineData(-5, 2, "-0.05")]
    [InlineData(-15341, 2, "-153.41")]
    [InlineData(25000, 0, "25000")]
    [InlineData(-1, 4, "-0.0001")]
    [InlineData(100, 2, "1.00")]
    [InlineData(long.MaxValue, 0, "9223372036854775807")]
    [InlineData(long.MinValue, 0, "-9223372036854775808")]
    [InlineData(long.MinValue, 2, "-92233720368547758.08")]
    [InlineData(long.MinValue, 4, "-922337203685477.5808")]
    public void Minor_units_are_written_with_all_decimals(long minor, int minorUnits, string text)
    {
        Assert.Equal(text, MoneyText.Format(minor, minorUnits));
        Span<byte> utf8 = stackalloc byte[MoneyText.MaxLength];
        Assert.True(MoneyText.TryFormat(utf8, minor, minorUnits, out var written));
        Assert.Equal(text, Encoding.UTF8.GetString(utf8[..written]));
        Assert.True(MoneyText.TryFormat(utf8[..text.Length], minor, minorUnits, out _));
        Assert.False(MoneyText.TryFormat(utf8[..(text.Length - 1)], minor, minorUnits, out written));
        Assert.Equal(0, written);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void Decimals_that_no_currency_has_are_a_bug_of_the_caller(int minorUnits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MoneyText.Format(1, minorUnits));

    [Fact]
    public void What_was_written_reads_back_as_the_same_amount() =>
        Gen.Select(Gen.Long[-AmountLimits.MaxMinor, AmountLimits.MaxMinor], Gen.Int[0, 4]).Sample((minor, minorUnits) =>
        {
            var currency = new Currency("TST", minorUnits);
            Assert.True(DecimalAmount.TryParseSigned(MoneyText.Format(minor, currency), out var amount, out _));
            Assert.True(amount.TryToMinor(currency, out var back, out _));
            Assert.Equal(minor, back);
        });

    [Fact]
    public void Text_is_the_quotient_by_the_power_of_ten_for_any_64_bits() =>
        Gen.Select(Gen.Long, Gen.Int[0, 4]).Sample((minor, minorUnits) =>
        {
            var text = MoneyText.Format(minor, minorUnits);
            var point = text.IndexOf('.', StringComparison.Ordinal);
            Assert.Equal(minorUnits, point < 0 ? 0 : text.Length - point - 1);
            Assert.Equal(minor, BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), null));
        });

    [Fact]
    public void An_amount_as_written_reads_back_with_its_text_and_worth() =>
        Gen.Select(Gen.ULong[0, 99_999_999_999_999_999], Gen.Int[0, 17]).Sample((digits, decimals) =>
        {
            var all = digits.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
            var text = decimals == 0 ? all : all[..^decimals] + "." + all[^decimals..];
            Assert.True(DecimalAmount.TryParse(text, out var amount, out _));
            Assert.Equal(text, amount.ToString());
            Assert.Equal(decimals, amount.Decimals);
            Assert.True(DecimalAmount.TryParse(amount.Canonical, out var canonical, out _));
            Assert.Equal(amount.Canonical, canonical.Canonical);
            Assert.Equal(amount.Canonical, canonical.ToString());
            var (shorter, longer) = (canonical.ToString(), text);
            Assert.StartsWith(shorter, longer, StringComparison.Ordinal);
            Assert.Equal("", longer[shorter.Length..].Trim('0', '.'));
        });
}
