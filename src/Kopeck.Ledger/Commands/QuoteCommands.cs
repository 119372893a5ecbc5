using System.Collections.Immutable;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Quotes.Feeds;

namespace Kopeck.Ledger.Commands;

/// <summary>Loads the quotes of a date, in the book's base currency.</summary>
/// <param name="Quotes">At least one.</param>
public sealed record LoadQuotes(DateOnly Date, ImmutableArray<LoadedQuote> Quotes) : Command
{
    /// <summary>The source of quotes that a caller gives one by one.</summary>
    public static QuoteSource ManualSource { get; } = QuoteSource.Parse("manual");

    /// <summary>How many days after today may be loaded.</summary>
    public const int MaxDaysAhead = 7;

    /// <inheritdoc/>
    public override string Name => "load_quotes";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Quotes;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        // Quotes are always in memory.
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer)
    {
        writer.Add(Date.DayNumber);
        foreach (var quote in Quotes.OrderBy(quote => quote.Currency, StringComparer.Ordinal))
            writer.Add(quote.Currency).Add(quote.Rate.ToString());
    }
}

/// <summary>Loads all quotes of a feed: one operation a day, in one group.</summary>
public sealed record ImportQuotes(FeedContent Feed, Digest Content) : Command
{
    /// <inheritdoc/>
    public override string Name => "import_quotes";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Quotes;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        // Quotes are always in memory.
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer) => writer.Add(Content.ToString());
}
