using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Opens a book. Only as the first command of a book that does not exist.</summary>
public sealed record OpenBook(Currency BaseCurrency, BookTerms Terms) : Command
{
    /// <inheritdoc/>
    public override string Name => "open_book";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Admin;

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state) =>
        writer
            .Add("baseCurrency", BaseCurrency.Code)
            .Add("quoteMaxAgeDays", Terms.QuoteMaxAgeDays)
            .Add("timeZone", Terms.IsUtc ? null : Terms.TimeZone.Value);

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts) =>
        Decision.Of(new Draft(new BookOpened(BaseCurrency, Terms, on.State.Secret.Digest)));
}
