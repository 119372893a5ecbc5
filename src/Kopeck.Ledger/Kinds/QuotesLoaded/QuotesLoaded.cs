using System.Collections.Immutable;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Kinds;

/// <summary>The quotes of a date were loaded.</summary>
public sealed record QuotesLoaded(DateOnly Date, QuoteSource Source, ImmutableArray<LoadedQuote> Quotes) : OperationBody
{
    /// <inheritdoc/>
    public override OperationKind Kind => OperationKind.QuotesLoaded;
}
