using System.Numerics;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Tests.Money;

/// <summary>Every answer is held against exact fractions of BigInteger, by inequalities rather than by another division.</summary>
public sealed class ConversionTests
{
    const int Samples = 1_000_000;

    static readonly Currency Jpy = new("JPY", 0);
    static readonly Currency Eur = new("EUR", 2);
    static readonly Currency[] Known = [Jpy, new("KRW", 0), Eur, new("USD", 2), new("KWD", 3), new("BHD", 3), new("CLF", 4), new("UYW", 4)];

    [Fact]
    public void A_million_random_conversions_are_exact_and_in_the_houses_favour()
    {
        var random = new Random(TestSeed.Next());
        var (derived, refused, zero) = (0, 0, 0);
        for (var sample = 0; sample < Samples; sample++)
        {
            var from = Known[random.Next(Known.Length)];
            var to = Known[random.Next(Known.Length)];
            var fromRate = RandomRate(random);
            var toRate = random.Next(2) == 0 ? RandomRate(random) : Near(random, fromRate);
            var named = RandomAmount(random);
            var outcome = Check(named, namedIsFrom: random.Next(2) == 0, from, fromRate, to, toRate);
            (derived, refused, zero) = outcome switch
            {
                null => (derived, refused + 1, zero),
                0 => (derived, refused, zero + 1),
                _ => (derived + 1, refused, zero),
            };
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"derived {derived}, overflow {refused}, zero {zero}");
        Assert.True(derived > Samples / 3, $"only {derived} conversions had an amount");
        Assert.True(refused > Samples / 50 && zero > Samples / 50, $"{refused} overflows, {zero} zeros");
    }

    [Fact]
    public void The_extremes_are_exact()
    {
        UInt128[] rates = [1, 2, 3, 99_999_999_999_999, 100_000_000_000_000, 100_000_000_000_001, QuoteRate.MaxScaled / 3, QuoteRate.MaxScaled - 1, QuoteRate.MaxScaled];
        long[] amounts = [0, 1, 2, 99, 100, 101, 9_999, 10_000, AmountLimits.MaxMinor - 1, AmountLimits.MaxMinor, long.MaxValue];
        foreach (var from in Known)
        {
            foreach (var to in Known)
            {
                foreach (var fromRate in rates)
                {
                    foreach (var toRate in rates)
                    {
                        foreach (var amount in amounts)
                        {
                            Check(amount, namedIsFrom: true, from, Rate(fromRate), to, Rate(toRate));
                            Check(amount, namedIsFrom: false, from, Rate(fromRate), to, Rate(toRate));
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void No_round_trip_at_one_revision_gains()
    {
        var random = new Random(TestSeed.Next());
        var trips = 0;
        for (var sample = 0; sample < Samples / 4; sample++)
        {
            var a = Known[random.Next(Known.Length)];
            var b = Known[random.Next(Known.Length)];
            var rateA = RandomRate(random);
            var rateB = Near(random, rateA);

            // Out, naming either side: paid in A, received in B.
            var (paid, received) = (RandomAmount(random), RandomAmount(random));
            if (random.Next(2) == 0 ? !Conversion.TryDerive(paid, true, a, rateA, b, rateB, out received) : !Conversion.TryDerive(received, false, a, rateA, b, rateB, out paid))
                continue;

            // Back, naming what is spent: no more comes back than was paid.
            if (Conversion.TryDerive(received, true, b, rateB, a, rateA, out var back))
                Assert.True(back <= paid, $"{paid} {a} at {rateA.Scaled} became {received} {b} at {rateB.Scaled} and {back} {a}");
            // Back, naming what is wanted: one unit more than was paid costs more than there is.
            if (paid < AmountLimits.MaxMinor && Conversion.TryDerive(paid + 1, false, b, rateB, a, rateA, out var cost))
                Assert.True(cost > received, $"{paid + 1} {a} at {rateA.Scaled} cost only {cost} of {received} {b} at {rateB.Scaled}");
            trips++;
        }

        Assert.True(trips > Samples / 8, $"only {trips} round trips");
    }

    [Theory]
    [InlineData(25_000, false, "EUR", "1.0842", "JPY", "0.0066533", 15_342)]
    [InlineData(15_342, true, "EUR", "1.0842", "JPY", "0.0066533", 25_000)]
    [InlineData(15_341, true, "EUR", "1.0842", "JPY", "0.0066533", 24_999)]
    [InlineData(1, true, "JPY", "0.0066533", "EUR", "1.0842", 0)]
    [InlineData(1, false, "JPY", "0.0066533", "EUR", "1.0842", 2)]
    [InlineData(100, true, "USD", "1", "EUR", "3", 33)]
    [InlineData(100, false, "EUR", "3", "USD", "1", 34)]
    [InlineData(1_234, true, "EUR", "1", "KWD", "1", 12_340)]
    [InlineData(12_349, true, "KWD", "1", "EUR", "1", 1_234)]
    public void A_derived_credit_is_rounded_down_and_a_derived_debit_up(
        long named, bool namedIsFrom, string from, string fromRate, string to, string toRate, long expected)
    {
        Assert.True(Currency.TryFind(from, out var fromCurrency));
        Assert.True(Currency.TryFind(to, out var toCurrency));
        Assert.True(Conversion.TryDerive(named, namedIsFrom, fromCurrency, Parse(fromRate), toCurrency, Parse(toRate), out var other));
        Assert.Equal(expected, other);
    }

    [Fact]
    public void The_largest_amount_between_equal_quotes_is_itself_and_one_more_is_refused()
    {
        Assert.True(Conversion.TryDerive(AmountLimits.MaxMinor, false, Eur, Rate(QuoteRate.MaxScaled), Eur, Rate(QuoteRate.MaxScaled), out var same));
        Assert.Equal(AmountLimits.MaxMinor, same);
        Assert.False(Conversion.TryDerive(AmountLimits.MaxMinor, false, Eur, Rate(QuoteRate.MaxScaled - 1), Eur, Rate(QuoteRate.MaxScaled), out var other));
        Assert.Equal(0, other);
    }

    [Fact]
    public void A_quote_that_is_missing_or_an_amount_below_zero_is_a_bug_of_the_caller()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Conversion.TryDerive(1, true, Eur, default, Jpy, QuoteRates.One, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Conversion.TryDerive(1, true, Eur, QuoteRates.One, Jpy, default, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Conversion.TryDerive(-1, true, Eur, QuoteRates.One, Jpy, QuoteRates.One, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Conversion.DisplayRate(default, QuoteRates.One));
        Assert.Throws<ArgumentOutOfRangeException>(() => Conversion.DisplayRate(QuoteRates.One, default));
    }

    [Fact]
    public void A_conversion_allocates_nothing()
    {
        var (from, to) = (Rate(QuoteRate.MaxScaled / 7), Rate(QuoteRate.MaxScaled));
        Conversion.TryDerive(AmountLimits.MaxMinor, true, Jpy, from, Eur, to, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 1_000; turn++)
            Conversion.TryDerive(AmountLimits.MaxMinor, true, Jpy, from, Eur, to, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("1", "1", "1")]
    [InlineData("1.1", "1", "1.1")]
    [InlineData("1", "3", "0.33333333333333")]
    [InlineData("2", "3", "0.66666666666667")]
    [InlineData("1.0842", "0.0066533", "162.95672824012144")]
    [InlineData("99999999999999.99999999999999", "0.00000000000001", "9999999999999999999999999999")]
    [InlineData("99999999999999.99999999999999", "0.00000000000003", "3333333333333333333333333333")]
    [InlineData("0.00000000000001", "99999999999999.99999999999999", "0.0000000000000000000000000001")]
    [InlineData("0.00000000000001", "2", "0.000000000000005")]
    [InlineData("0.00000000000003", "2", "0.00000000000002")]
    [InlineData("0.00000000000005", "2", "0.00000000000002")]
    [InlineData("0.00000000000003", "7", "0.000000000000004")]
    [InlineData("99999999999999", "99999999999999.00000000000001", "1")]
    public void A_rate_for_display_is_rounded_half_even_and_never_zero(string from, string to, string expected) =>
        Assert.Equal(expected, Conversion.DisplayRate(Parse(from), Parse(to)));

    [Fact]
    public void A_rate_for_display_is_the_nearest_at_its_decimals()
    {
        var random = new Random(TestSeed.Next());
        for (var sample = 0; sample < 50_000; sample++)
        {
            var (from, to) = (RandomRate(random), RandomRate(random));
            var text = Conversion.DisplayRate(from, to);
            var point = text.IndexOf('.', StringComparison.Ordinal);
            var written = point < 0 ? 0 : text.Length - point - 1;
            Assert.False(point >= 0 && text[^1] is '0' or '.', text);
            Assert.True(text[0] != '0' || text.StartsWith("0.", StringComparison.Ordinal), text);
            var decimals = Math.Max(14, written);
            var units = BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), null) * BigInteger.Pow(10, decimals - written);
            Assert.True(units > 0, text);
            // |units / 10^decimals - from / to| <= half a unit of the last decimal.
            var error = BigInteger.Abs(units * to.Scaled - BigInteger.Pow(10, decimals) * from.Scaled);
            Assert.True(error * 2 <= to.Scaled, $"{from.Scaled} / {to.Scaled} is not {text}");
        }
    }

    [Fact]
    public void One_is_one()
    {
        Assert.Equal((UInt128)100_000_000_000_000, QuoteRates.One.Scaled);
        Assert.False(QuoteRates.TryFromScaled(0, out _));
        Assert.False(QuoteRates.TryFromScaled(QuoteRate.MaxScaled + 1, out _));
        Assert.True(QuoteRates.TryFromScaled(QuoteRate.MaxScaled, out var largest));
        Assert.Equal(QuoteRate.MaxScaled, largest.Scaled);
        Assert.True(QuoteRates.TryFromScaled(1, out var smallest));
        Assert.Equal((UInt128)1, smallest.Scaled);
    }

    /// <summary>Checks one conversion and returns what it derived, or null where the answer is too large.</summary>
    static long? Check(long named, bool namedIsFrom, Currency from, QuoteRate fromRate, Currency to, QuoteRate toRate)
    {
        var known = Conversion.TryDerive(named, namedIsFrom, from, fromRate, to, toRate, out var other);

        // The exact other side is numerator / denominator in minor units of its currency.
        var (mine, mineRate, its, itsRate) = namedIsFrom ? (from, fromRate, to, toRate) : (to, toRate, from, fromRate);
        var numerator = (BigInteger)named * mineRate.Scaled * BigInteger.Pow(10, its.MinorUnits);
        var denominator = (BigInteger)itsRate.Scaled * BigInteger.Pow(10, mine.MinorUnits);
        var most = (BigInteger)AmountLimits.MaxMinor;
        var where = $"{named} {mine} at {mineRate.Scaled} to {its} at {itsRate.Scaled}, from named: {namedIsFrom}";
        if (!known)
        {
            Assert.Equal(0, other);
            Assert.True(namedIsFrom ? numerator >= (most + 1) * denominator : numerator > most * denominator, $"refused {where}");
            return null;
        }

        Assert.InRange(other, 0, AmountLimits.MaxMinor);
        if (namedIsFrom)
            Assert.True(other * denominator <= numerator && numerator < (other + BigInteger.One) * denominator, $"credit {other} of {where}");
        else
            Assert.True(other * denominator >= numerator && numerator > (other - BigInteger.One) * denominator, $"debit {other} of {where}");
        return other;
    }

    static long RandomAmount(Random random) => random.NextInt64(1, (long)BigInteger.Pow(10, random.Next(1, 16)) + 1);

    static QuoteRate RandomRate(Random random)
    {
        // Evenly over the magnitudes: 1 to 28 digits.
        var digits = random.Next(1, 29);
        UInt128 scaled = (uint)random.Next(1, 10);
        for (var place = 1; place < digits; place++)
            scaled = scaled * 10 + (uint)random.Next(10);
        return Rate(scaled);
    }

    static QuoteRate Near(Random random, QuoteRate rate)
    {
        var scaled = rate.Scaled * (uint)random.Next(1, 1_000_000) / (uint)random.Next(1, 1_000_000) + (uint)random.Next(2);
        return Rate(UInt128.Clamp(scaled, 1, QuoteRate.MaxScaled));
    }

    static QuoteRate Rate(UInt128 scaled)
    {
        Assert.True(QuoteRates.TryFromScaled(scaled, out var rate));
        return rate;
    }

    static QuoteRate Parse(string text)
    {
        Assert.True(QuoteRate.TryParse(text, out var rate, out _));
        return rate;
    }
}
