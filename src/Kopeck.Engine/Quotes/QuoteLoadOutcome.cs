using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Quotes.Feeds;

namespace Kopeck.Engine.Quotes;

/// <summary>What became of quotes that were to be loaded.</summary>
public sealed record QuoteLoadOutcome
{
    /// <summary>Why it was not done, or not to its end: what was written before stays, and a retry goes on where it stopped.</summary>
    public Rejection? Rejection { get; init; }

    /// <summary>Where they came from.</summary>
    public QuoteSource Source { get; init; }

    /// <summary>The earliest date of what was sent.</summary>
    public DateOnly FirstDate { get; init; }

    /// <summary>The latest date.</summary>
    public DateOnly LastDate { get; init; }

    /// <summary>How many dates there are.</summary>
    public int Dates { get; init; }

    /// <summary>Quotes that were written; in a dry run, that would be.</summary>
    public int Loaded { get; init; }

    /// <summary>Quotes whose figures were so already: nothing was written for them.</summary>
    public int Unchanged { get; init; }

    /// <summary>How many operations were written: one a date with anything new.</summary>
    public int Operations { get; init; }

    /// <summary>The last of them; null where nothing was written.</summary>
    public long? Operation { get; init; }

    /// <summary>Currencies that were passed over, each once, in the order of the feed.</summary>
    public IReadOnlyList<SkippedFigure> Skipped { get; init; } = [];

    /// <summary>Whether an earlier request with the same key wrote all that was written.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Whether it was only decided, not written.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Quotes that were refused.</summary>
    public static QuoteLoadOutcome Rejected(Rejection rejection) => new() { Rejection = rejection };
}
