using System.Diagnostics.CodeAnalysis;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Money;

/// <summary>
/// A quote's two figures, as they were published: so many <see cref="Units"/> of a currency are worth so much <see cref="Base"/> of the
/// book's base currency. Never divided. Pairs are equal when both figures are: 1 = 2 is not 2 = 4. <c>default</c> is no quote.
/// </summary>
/// <param name="Units">Of the currency; more than zero.</param>
/// <param name="Base">Of the base currency; more than zero.</param>
public readonly record struct QuotePair(QuoteFigure Units, QuoteFigure Base)
{
    /// <summary>The base currency's own quote: 1 = 1.</summary>
    public static QuotePair One { get; } = new(QuoteFigure.Parse("1"), QuoteFigure.Parse("1"));

    /// <summary>What one unit of the currency is worth, for display: see <see cref="Conversion.DisplayRate"/>.</summary>
    public string Rate => Conversion.DisplayRate(this, One);

    /// <summary>The quote of one unit of the currency.</summary>
    public static QuotePair OfOne(QuoteFigure worth) => new(One.Units, worth);

    /// <summary>Reads both figures. Errors are those of a figure.</summary>
    public static bool TryParse(string? units, string? worth, out QuotePair pair, [NotNullWhen(false)] out FieldError? error)
    {
        Read(units ?? "", worth, out pair, out error);
        return error is null;
    }

    /// <summary>Reads what a caller gave.</summary>
    /// <param name="units">Null where only the worth of one unit was given.</param>
    /// <returns>Which figure is wrong: <c>units</c>, <c>base</c>, or the empty text for the one figure of a quote of one unit. Null where
    /// both are right.</returns>
    public static string? Read(string? units, string? worth, out QuotePair pair, out FieldError? error)
    {
        pair = default;
        var ofCurrency = One.Units;
        if (units is not null && !QuoteFigure.TryParse(units, out ofCurrency, out error))
            return "units";
        if (!QuoteFigure.TryParse(worth, out var ofBase, out error))
            return units is null ? "" : "base";
        pair = new QuotePair(ofCurrency, ofBase);
        return null;
    }

    /// <summary>Reads figures that are known to be valid. Throws <see cref="FormatException"/>.</summary>
    public static QuotePair Parse(string units, string baseFigure) => new(QuoteFigure.Parse(units), QuoteFigure.Parse(baseFigure));

    /// <summary>Both figures: <c>1.1 = 1</c>.</summary>
    public override string ToString() => $"{Units} = {Base}";

    internal void RequireQuote(string name)
    {
        if (Units.Scaled == 0 || Base.Scaled == 0)
            throw new ArgumentOutOfRangeException(name, "A quote's figures are more than zero");
    }
}
