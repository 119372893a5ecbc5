namespace Kopeck.Ledger.Quotes.Feeds;

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
