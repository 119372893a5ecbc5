namespace Kopeck.Ledger.Money;

/// <summary>
/// Conversion between two currencies at their quotes: multiply first, divide once, round once in the house's favour, so that
/// at one revision no round trip gains, and what a feed publishes is what a customer gets.
/// </summary>
public static class Conversion
{
    /// <summary>More digits than this a worth does not have: sums of worths stay within 128 bits.</summary>
    const int MaxWorthDigits = 30;

    /// <summary>The side of a conversion that was not named: a derived credit is rounded down, a derived debit up.</summary>
    /// <param name="namedMinor">The named side in minor units of its currency, 0 or more. It is exact.</param>
    /// <param name="namedIsFrom">Whether the named side is the sender's, so that the credit is derived; otherwise the debit is.</param>
    /// <param name="otherMinor">The derived side in minor units of the other currency; 0 is for the caller to refuse as too small.</param>
    /// <returns>False when the derived side is more than <see cref="AmountLimits.MaxMinor"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The named side is negative, or a quote's figure is zero.</exception>
    public static bool TryDerive(
        long namedMinor, bool namedIsFrom, Currency from, QuotePair fromQuote, Currency to, QuotePair toQuote, out long otherMinor)
    {
        var derived = Derive(namedMinor, namedIsFrom, from, fromQuote, to, toQuote);
        otherMinor = derived <= AmountLimits.MaxMinor ? (long)derived : 0;
        return derived <= AmountLimits.MaxMinor;
    }

    /// <summary>
    /// The side of a conversion that was not named, however large; <see cref="Int128.MaxValue"/> where it leaves 64 bits, which is more
    /// than any account can have.
    /// </summary>
    /// <inheritdoc cref="TryDerive"/>
    public static Int128 Derive(long namedMinor, bool namedIsFrom, Currency from, QuotePair fromQuote, Currency to, QuotePair toQuote)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(namedMinor);
        fromQuote.RequireQuote(nameof(fromQuote));
        toQuote.RequireQuote(nameof(toQuote));

        var (named, namedQuote, other, otherQuote) = namedIsFrom ? (from, fromQuote, to, toQuote) : (to, toQuote, from, fromQuote);
        // The figures' scales cancel out: two of them are above the line, two below.
        var above = new WideNumber((ulong)namedMinor);
        above.Multiply(namedQuote.Base.Scaled);
        above.Multiply(otherQuote.Units.Scaled);
        above.Multiply(PowersOfTen.Of(Math.Max(0, other.MinorUnits - named.MinorUnits)));
        var below = new WideNumber(namedQuote.Units.Scaled);
        below.Multiply(otherQuote.Base.Scaled);
        below.Multiply(PowersOfTen.Of(Math.Max(0, named.MinorUnits - other.MinorUnits)));

        var quotient = WideNumber.DivRem(above, below, out var remainder);
        if (!namedIsFrom && !remainder.IsZero)
            quotient.Increment();
        return quotient.TryToUInt128(out var derived) && derived <= ulong.MaxValue ? (Int128)derived : Int128.MaxValue;
    }

    /// <summary>
    /// What an amount is worth in the base currency at a quote, in minor units: rounded half-even once. Nothing is moved at it.
    /// </summary>
    /// <returns>Null where it has more than 30 digits, which no money of this world is worth.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A figure of the quote is zero.</exception>
    public static Int128? Worth(long minor, Currency currency, QuotePair quote, Currency baseCurrency)
    {
        quote.RequireQuote(nameof(quote));
        if (currency.Code == baseCurrency.Code)
            return minor;
        var above = new WideNumber(UInt128.CreateChecked(Int128.Abs(minor)));
        above.Multiply(quote.Base.Scaled);
        above.Multiply(PowersOfTen.Of(Math.Max(0, baseCurrency.MinorUnits - currency.MinorUnits)));
        var below = new WideNumber(quote.Units.Scaled);
        below.Multiply(PowersOfTen.Of(Math.Max(0, currency.MinorUnits - baseCurrency.MinorUnits)));
        if (!WideNumber.DivideHalfEven(above, below).TryToUInt128(out var worth) || worth >= PowersOfTen.Of(MaxWorthDigits))
            return null;
        return minor < 0 ? -(Int128)worth : (Int128)worth;
    }

    /// <summary>
    /// Units of <paramref name="to"/>'s currency for one unit of <paramref name="from"/>'s, for display: rounded half-even to at most
    /// 10 significant digits, without trailing zeros.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A figure of a quote is zero.</exception>
    public static string DisplayRate(QuotePair from, QuotePair to)
    {
        from.RequireQuote(nameof(from));
        to.RequireQuote(nameof(to));
        var above = new WideNumber(from.Base.Scaled);
        above.Multiply(to.Units.Scaled);
        var below = new WideNumber(from.Units.Scaled);
        below.Multiply(to.Base.Scaled);
        return RateDigits.Write(above, below);
    }
}
