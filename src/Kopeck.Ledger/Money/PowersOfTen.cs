namespace Kopeck.Ledger.Money;

/// <summary>10^0 to 10^38, all that 128 bits hold.</summary>
static class PowersOfTen
{
    /// <summary>The exponent of the largest.</summary>
    public const int Largest = 38;

    static readonly UInt128[] Powers = Compute();

    public static UInt128 Of(int exponent) => Powers[exponent];

    static UInt128[] Compute()
    {
        var powers = new UInt128[Largest + 1];
        powers[0] = 1;
        for (var exponent = 1; exponent < powers.Length; exponent++)
            powers[exponent] = powers[exponent - 1] * 10;
        return powers;
    }
}
