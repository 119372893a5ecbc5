using System.Globalization;

namespace Kopeck.V1;

/// <content>Amounts as .NET's exact decimal numbers.</content>
public sealed partial class Money
{
    /// <summary>An amount of a currency. It may have at most the currency's decimals.</summary>
    public static Money Of(decimal amount, string currency) =>
        new() { Amount = amount.ToString(CultureInfo.InvariantCulture), Currency = currency };

    /// <summary>The amount as a number.</summary>
    public decimal ToDecimal() =>
        decimal.Parse(Amount, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
