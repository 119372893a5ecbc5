namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>
/// A figure of a feed: so many <paramref name="Units"/> of a currency are worth so much <paramref name="Base"/> of the feed's base.
/// </summary>
/// <param name="Currency">The feed's code: mostly of ISO 4217, but not always.</param>
/// <param name="Units">Of the currency: the figure itself where a feed tells what its base costs, a nominal where it tells what the
/// currency costs.</param>
/// <param name="Base">Of the feed's base.</param>
public readonly record struct FeedFigure(string Currency, FeedNumber Units, FeedNumber Base);
