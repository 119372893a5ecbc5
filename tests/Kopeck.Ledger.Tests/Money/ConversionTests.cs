using System.Globalization;
using System.Numerics;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes.Feeds;
using Kopeck.Ledger.Tests.Quotes;

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
            var fromRate = RandomQuote(random);
            var toRate = random.Next(2) == 0 ? RandomQuote(random) : Near(random, fromRate);
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
        UInt128[] figures = [1, 3, 99_999_999_999_999, 100_000_000_000_000, QuoteFigure.MaxScaled / 3, QuoteFigure.MaxScaled];
        QuotePair[] rates = [.. figures.SelectMany(units => figures.Select(worth => new QuotePair(Figure(units), Figure(worth))))];
        long[] amounts = [0, 1, 99, 10_000, AmountLimits.MaxMinor, long.MaxValue];
        Currency[] few = [Known[0], Known[2], Known[6]];
        foreach (var from in few)
        {
            foreach (var to in few)
            {
                foreach (var fromRate in rates)
                {
                    foreach (var toRate in rates)
                    {
                        foreach (var amount in amounts)
                        {
                            Check(amount, namedIsFrom: true, from, fromRate, to, toRate);
                            Check(amount, namedIsFrom: false, from, fromRate, to, toRate);
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
            var rateA = RandomQuote(random);
            var rateB = Near(random, rateA);

            // Out, naming either side: paid in A, received in B.
            var (paid, received) = (RandomAmount(random), RandomAmount(random));
            if (random.Next(2) == 0
                ? !Conversion.TryDerive(paid, true, a, rateA, b, rateB, out received)
                : !Conversion.TryDerive(received, false, a, rateA, b, rateB, out paid))
                continue;

            // Back, naming what is spent: no more comes back than was paid.
            if (Conversion.TryDerive(received, true, b, rateB, a, rateA, out var back))
                Assert.True(back <= paid, $"{paid} {a} at {rateA} became {received} {b} at {rateB} and {back} {a}");
            // Back, naming what is wanted: one unit more than was paid costs more than there is.
            if (paid < AmountLimits.MaxMinor && Conversion.TryDerive(paid + 1, false, b, rateB, a, rateA, out var cost))
                Assert.True(cost > received, $"{paid + 1} {a} at {rateA} cost only {cost} of {received} {b} at {rateB}");
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
        Assert.True(
            Conversion.TryDerive(
                AmountLimits.MaxMinor, false, Eur, Worth(QuoteFigure.MaxScaled), Eur, Worth(QuoteFigure.MaxScaled), out var same));
        Assert.Equal(AmountLimits.MaxMinor, same);
        Assert.False(
            Conversion.TryDerive(
                AmountLimits.MaxMinor, false, Eur, Worth(QuoteFigure.MaxScaled - 1), Eur, Worth(QuoteFigure.MaxScaled), out var other));
        Assert.Equal(0, other);
    }

    [Fact]
    public void A_quote_that_is_missing_or_an_amount_below_zero_is_a_bug_of_the_caller()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Conversion.TryDerive(1, true, Eur, default, Jpy, QuotePair.One, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Conversion.TryDerive(1, true, Eur, QuotePair.One, Jpy, default, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Conversion.TryDerive(-1, true, Eur, QuotePair.One, Jpy, QuotePair.One, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Conversion.DisplayRate(default, QuotePair.One));
        Assert.Throws<ArgumentOutOfRangeException>(() => Conversion.DisplayRate(QuotePair.One, default));
    }

    [Fact]
    public void A_conversion_allocates_nothing()
    {
        var (from, to) = (
            new QuotePair(Figure(QuoteFigure.MaxScaled / 3), Figure(QuoteFigure.MaxScaled / 7)),
            new QuotePair(Figure(QuoteFigure.MaxScaled / 11), Figure(QuoteFigure.MaxScaled)));
        Conversion.TryDerive(AmountLimits.MaxMinor, true, Jpy, from, Eur, to, out _);
        // The runtime may allocate once on this thread when it puts better code in the place of what it began with.
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var turn = 0; turn < 1_000; turn++)
                Conversion.TryDerive(AmountLimits.MaxMinor, true, Jpy, from, Eur, to, out _);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData("USD", "1.1000", 10_000, 11_000)]
    [InlineData("PLN", "4.2500", 10_000, 42_500)]
    [InlineData("CAD", "1.5000", 10_000, 15_000)]
    [InlineData("BRL", "6.0000", 10_000, 60_000)]
    [InlineData("PHP", "65.000", 10_000, 650_000)]
    [InlineData("IDR", "17500.00", 100_000_000, 1_750_000_000_000)]
    [InlineData("JPY", "163.12", 10_000, 16_312)]
    public void What_a_feed_publishes_is_what_a_customer_gets_and_what_it_costs(
        string currency, string published, long euros, long expected)
    {
        Assert.True(Currency.TryFind(currency, out var to));
        var quote = QuotePair.Parse(published, "1");
        Assert.True(Conversion.TryDerive(euros, true, Eur, QuotePair.One, to, quote, out var credit));
        Assert.True(Conversion.TryDerive(expected, false, Eur, QuotePair.One, to, quote, out var debit));
        Assert.Equal((expected, euros), (credit, debit));
        Assert.Equal(quote.Units.ToString(), Conversion.DisplayRate(QuotePair.One, quote));
    }

    [Fact]
    public void Round_amounts_of_29_currencies_become_what_the_ECB_says_to_the_minor_unit()
    {
        var day = FeedFiles.Read("large/eurofxref-hist.csv").Days[^1];
        Assert.True(FeedConversion.TryToBook(day, "EUR", out var quotes, out _, out _));
        Assert.True(quotes.Count >= 29, $"{quotes.Count} currencies");
        foreach (var (code, pair) in quotes)
        {
            Assert.True(Currency.TryFind(code, out var to));
            foreach (var euros in (long[])[10_000, 100_000, 100_000_000])
            {
                // 100.00 times the published figure, cut to the minor unit.
                var scale = BigInteger.Pow(10, QuoteFigure.Scale + Eur.MinorUnits - to.MinorUnits);
                var expected = (long)((BigInteger)euros * pair.Units.Scaled / scale);
                Assert.True(Conversion.TryDerive(euros, true, Eur, QuotePair.One, to, pair, out var credit));
                Assert.Equal(expected, credit);
                Assert.True(Conversion.TryDerive(credit, false, Eur, QuotePair.One, to, pair, out var debit));
                Assert.InRange(debit, 1, euros);
            }
        }
    }

    [Theory]
    [InlineData("1", "1", "1", "1", "1")]
    [InlineData("1", "1.1", "1", "1", "1.1")]
    [InlineData("1", "1", "1", "3", "0.3333333333")]
    [InlineData("1", "2", "1", "3", "0.6666666667")]
    [InlineData("1", "1", "163.12", "1", "163.12")]
    [InlineData("163.12", "1", "1", "1", "0.006130456106")]
    [InlineData("100", "53.1234", "1", "82.1665", "0.006465335629")]
    [InlineData("1", "1.0842", "1", "0.0066533", "162.9567282")]
    [InlineData("1", "12345678901", "1", "1", "12345678900")]
    [InlineData("1", "12345678905", "1", "1", "12345678900")]
    [InlineData("1", "12345678915", "1", "1", "12345678920")]
    [InlineData("1", "9999999999.5", "1", "1", "10000000000")]
    [InlineData("1", "9999999998.5", "1", "1", "9999999998")]
    [
        InlineData(
            "0.00000000000001", "99999999999999.99999999999999", "99999999999999.99999999999999", "0.00000000000001",
            "100000000000000000000000000000000000000000000000000000000")]
    public void A_rate_for_display_has_ten_significant_digits_half_even(
        string fromUnits, string fromBase, string toUnits, string toBase, string expected)
    {
        var rate = Conversion.DisplayRate(QuotePair.Parse(fromUnits, fromBase), QuotePair.Parse(toUnits, toBase));
        Assert.Equal(expected, rate);
    }

    [Fact]
    public void A_rate_for_display_is_the_nearest_at_its_digits()
    {
        var random = new Random(TestSeed.Next());
        for (var sample = 0; sample < 50_000; sample++)
        {
            var (from, to) = (RandomQuote(random), RandomQuote(random));
            var text = Conversion.DisplayRate(from, to);
            var point = text.IndexOf('.', StringComparison.Ordinal);
            Assert.False(point >= 0 && text[^1] is '0' or '.', text);
            Assert.True(text[0] != '0' || text.StartsWith("0.", StringComparison.Ordinal), text);
            var decimals = point < 0 ? 0 : text.Length - point - 1;
            var digits = BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), null);
            Assert.InRange(digits.ToString(CultureInfo.InvariantCulture).TrimEnd('0').Length, 1, 10);
            // |digits / 10^decimals - above / below| <= half a unit of the tenth digit.
            var (above, below) = ((BigInteger)from.Base.Scaled * to.Units.Scaled, (BigInteger)from.Units.Scaled * to.Base.Scaled);
            var error = BigInteger.Abs(digits * below - BigInteger.Pow(10, decimals) * above);
            Assert.True(error * 2 * BigInteger.Pow(10, 9) <= digits * below, $"{from} / {to} is not {text}");
        }
    }

    [Theory]
    [InlineData(11_000, "USD", "1.1", "1", 10_000)]
    [InlineData(1, "USD", "2", "1", 0)]
    [InlineData(3, "USD", "2", "1", 2)]
    [InlineData(-3, "USD", "2", "1", -2)]
    [InlineData(100, "JPY", "100", "53.1234", 5_312)]
    [InlineData(long.MinValue, "USD", "1", "1", long.MinValue)]
    public void A_worth_is_rounded_half_even_once(long minor, string currency, string units, string worth, long expected)
    {
        Assert.True(Currency.TryFind(currency, out var of));
        Assert.Equal((Int128)expected, Conversion.Worth(minor, of, QuotePair.Parse(units, worth), Eur));
    }

    [Fact]
    public void A_worth_beyond_all_money_is_none_rather_than_wrong() =>
        Assert.Null(Conversion.Worth(long.MaxValue, Jpy, new QuotePair(Figure(1), Figure(QuoteFigure.MaxScaled)), Eur));

    /// <summary>Checks one conversion and returns what it derived, or null where the answer is too large.</summary>
    static long? Check(long named, bool namedIsFrom, Currency from, QuotePair fromRate, Currency to, QuotePair toRate)
    {
        var known = Conversion.TryDerive(named, namedIsFrom, from, fromRate, to, toRate, out var other);

        // The exact other side is numerator / denominator in minor units of its currency.
        var (mine, mineRate, its, itsRate) = namedIsFrom ? (from, fromRate, to, toRate) : (to, toRate, from, fromRate);
        var numerator = (BigInteger)named * mineRate.Base.Scaled * itsRate.Units.Scaled * BigInteger.Pow(10, its.MinorUnits);
        var denominator = (BigInteger)mineRate.Units.Scaled * itsRate.Base.Scaled * BigInteger.Pow(10, mine.MinorUnits);
        var most = (BigInteger)AmountLimits.MaxMinor;
        var where = $"{named} {mine} at {mineRate} to {its} at {itsRate}, from named: {namedIsFrom}";
        if (!known)
        {
            Assert.Equal(0, other);
            Assert.True(namedIsFrom ? numerator >= (most + 1) * denominator : numerator > most * denominator, $"refused {where}");
            return null;
        }

        Assert.InRange(other, 0, AmountLimits.MaxMinor);
        if (namedIsFrom)
            Assert.True(
                other * denominator <= numerator && numerator < (other + BigInteger.One) * denominator, $"credit {other} of {where}");
        else
            Assert.True(
                other * denominator >= numerator && numerator > (other - BigInteger.One) * denominator, $"debit {other} of {where}");
        return other;
    }

    static long RandomAmount(Random random) => random.NextInt64(1, (long)BigInteger.Pow(10, random.Next(1, 16)) + 1);

    /// <summary>
    /// As feeds have them: one unit or a nominal, so much of the currency for one of the base, or any two figures of a cross feed.
    /// </summary>
    static QuotePair RandomQuote(Random random) => random.Next(4) switch
    {
        0 => QuotePair.OfOne(RandomFigure(random)),
        1 => new QuotePair(RandomFigure(random), QuotePair.One.Base),
        2 => new QuotePair(Figure((UInt128)BigInteger.Pow(10, 14 + random.Next(5))), RandomFigure(random)),
        _ => new QuotePair(RandomFigure(random), RandomFigure(random)),
    };

    static QuoteFigure RandomFigure(Random random)
    {
        // Evenly over the magnitudes: 1 to 28 digits.
        var digits = random.Next(1, 29);
        UInt128 scaled = (uint)random.Next(1, 10);
        for (var place = 1; place < digits; place++)
            scaled = scaled * 10 + (uint)random.Next(10);
        return Figure(scaled);
    }

    /// <summary>A quote of about the same worth, told in either direction.</summary>
    static QuotePair Near(Random random, QuotePair quote)
    {
        var near = random.Next(2) == 0 ? quote : new QuotePair(Near(random, quote.Units), quote.Base);
        return new QuotePair(near.Units, Near(random, near.Base));
    }

    static QuoteFigure Near(Random random, QuoteFigure figure)
    {
        var scaled = figure.Scaled * (uint)random.Next(1, 1_000_000) / (uint)random.Next(1, 1_000_000) + (uint)random.Next(2);
        return Figure(UInt128.Clamp(scaled, 1, QuoteFigure.MaxScaled));
    }

    static QuotePair Worth(UInt128 scaled) => QuotePair.OfOne(Figure(scaled));

    static QuoteFigure Figure(UInt128 scaled)
    {
        Assert.True(QuoteFigure.TryFromScaled(scaled, out var figure));
        return figure;
    }

    static QuotePair Parse(string text) => QuotePair.OfOne(QuoteFigure.Parse(text));
}
