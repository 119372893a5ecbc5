namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>What a feed of quotes says, in its own words.</summary>
public sealed record FeedContent
{
    /// <summary>Who publishes it: <c>ecb</c>, <c>cbr</c>, <c>frankfurter</c>, <c>openexchangerates</c> or <c>fixer</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Its days, one or more, the earliest first, each date once.</summary>
    public required IReadOnlyList<FeedDay> Days { get; init; }
}
