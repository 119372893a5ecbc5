namespace Kopeck.Ledger.Money;

/// <summary>10^0 to 10^28 exactly.</summary>
static class PowersOfTen
{
    static readonly UInt128[] Powers = Compute();

    public static UInt128 Of(int exponent) => Powers[exponent];

    static UInt128[] Compute()
    {
        var powers = new UInt128[29];
        powers[0] = 1;
        for (var exponent = 1; exponent < powers.Length; exponent++)
            powers[exponent] = powers[exponent - 1] * 10;
        return powers;
    }
}
