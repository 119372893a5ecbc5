namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>What a feed of quotes says, in its own words.</summary>
public sealed record FeedContent
{
    /// <summary>Who publishes it: <c>ecb</c>, <c>cbr</c>, <c>frankfurter</c> or <c>openexchangerates</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Its days, one or more, the earliest first, each date once.</summary>
    public required IReadOnlyList<FeedDay> Days { get; init; }
}

/// <summary>The figures of a day.</summary>
public sealed record FeedDay
{
    /// <summary>The date that the feed itself says.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The code of the currency that the figures are in or for.</summary>
    public required string Base { get; init; }

    /// <summary>The figures, one or more, in the feed's order, each currency once and never the base.</summary>
    public required IReadOnlyList<FeedFigure> Figures { get; init; }
}

/// <summary>Which way a feed quotes.</summary>
public enum FeedDirection
{
    /// <summary>Units of the currency for <see cref="FeedFigure.Units"/> of the base.</summary>
    CurrencyPerBase,

    /// <summary>Units of the base for <see cref="FeedFigure.Units"/> of the currency.</summary>
    BasePerCurrency,
}

/// <summary>A figure as a feed wrote it.</summary>
/// <param name="Currency">The feed's code: mostly of ISO 4217, but not always.</param>
/// <param name="Figure">The number as written, with the feed's decimal sign and exponent: <c>1.1000</c>, <c>82,1665</c>, <c>1e-7</c>. More than zero.</param>
/// <param name="Units">For how many units it is, as written: <c>1</c> mostly, <c>100</c> for a Bank of Russia nominal. More than zero.</param>
/// <param name="Direction">What the figure counts.</param>
public readonly record struct FeedFigure(string Currency, string Figure, string Units, FeedDirection Direction);
