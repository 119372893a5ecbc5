namespace Kopeck.Ledger.Money;

/// <summary>The limits of amounts.</summary>
public static class AmountLimits
{
    /// <summary>The most minor units that one operation may move: 10^15.</summary>
    public const long MaxMinor = 1_000_000_000_000_000;

    /// <summary>The most decimals that a currency's minor unit has in ISO 4217.</summary>
    public const int MaxMinorUnits = 4;
}
