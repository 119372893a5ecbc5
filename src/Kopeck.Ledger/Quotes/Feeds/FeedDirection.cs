namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>Which way a feed quotes.</summary>
enum FeedDirection
{
    /// <summary>A figure is units of the currency, for so much of the base.</summary>
    CurrencyPerBase,

    /// <summary>A figure is units of the base, for so many of the currency.</summary>
    BasePerCurrency,
}
