using System.Globalization;
using Kopeck.Ledger.Money;

namespace Kopeck.Api.Answers;

/// <summary>An exact amount of a currency, with all of its decimals. <c>default</c> is zero of no currency.</summary>
/// <param name="Amount">With the currency's decimals: <c>100.00m</c>; exact for every balance.</param>
/// <param name="Currency">ISO 4217.</param>
public readonly record struct Money(decimal Amount, Currency Currency)
{
    /// <summary>Whole minor units of a currency.</summary>
    public static Money Of(Int128 minor, Currency currency)
    {
        var size = (UInt128)Int128.Abs(minor);
        return new Money(new decimal(Part(size), Part(size >> 32), Part(size >> 64), minor < 0, (byte)currency.MinorUnits), currency);
    }

    /// <summary>The lowest 32 bits, as decimals are made of.</summary>
    static int Part(UInt128 size) => unchecked((int)(uint)(size & uint.MaxValue));

    /// <summary>The amount and the code: <c>100.00 EUR</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency.Code}");
}
