using System.Collections.Immutable;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Loads the quotes of a date, in the book's base currency.</summary>
/// <param name="Quotes">At least one.</param>
public sealed record LoadQuotes(DateOnly Date, ImmutableArray<LoadedQuote> Quotes) : Command
{
    /// <summary>The source of quotes that a caller gives one by one.</summary>
    public static QuoteSource ManualSource { get; } = QuoteSource.Parse("manual");

    /// <summary>No currencies, compared as codes are.</summary>
    public static ImmutableHashSet<string> NoCurrencies { get; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Where they came from: a caller who gives them one by one, or a feed.</summary>
    public QuoteSource Source { get; init; } = ManualSource;

    /// <summary>
    /// Currencies of which the caller saw that the newest quote of the date has these figures: nothing is written for them.
    /// </summary>
    public ImmutableHashSet<string> Same { get; init; } = NoCurrencies;

    /// <inheritdoc/>
    public override string Name => "load_quotes";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Quotes;

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        writer.Add("day", Date.DayNumber).Add("source", Source.Value);
        foreach (var quote in Quotes.OrderBy(quote => quote.Currency, StringComparer.Ordinal))
            writer.Add(quote.Currency, quote.Pair.ToString());
    }

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        return QuoteRules.CheckFields(on.State, this, on.Today);
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts) => QuoteRules.Decide(on.State, this);
}
