using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>A currency of a feed of which no quote was made.</summary>
/// <param name="Currency">The feed's code.</param>
/// <param name="Reason"><c>unknown_currency</c>, <c>no_minor_unit</c> or <c>figure_out_of_range</c>.</param>
public sealed record SkippedFigure(string Currency, FieldError Reason);
