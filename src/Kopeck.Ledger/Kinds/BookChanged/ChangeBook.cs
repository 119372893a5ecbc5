using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>Changes some of a book's terms; null stays.</summary>
public sealed record ChangeBook(int? QuoteMaxAgeDays, ZoneName? TimeZone) : Command
{
    /// <inheritdoc/>
    public override string Name => "change_book";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Admin;

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state) =>
        writer.Add("quoteMaxAgeDays", QuoteMaxAgeDays).Add("timeZone", TimeZone?.Value);

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        return TimeZone is { } zone
            && DayZone.Check(zone) is { } error ? Rejection.InvalidFields(new FieldProblem("/timeZone", error)) : null;
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        var before = on.State.Terms;
        var after = new BookTerms(QuoteMaxAgeDays ?? before.QuoteMaxAgeDays, TimeZone ?? before.TimeZone);
        return after == before ? Decision.Unchanged(Touched.Nothing) : Decision.Of(new Draft(new BookChanged(after, on.State.TermsNumber)));
    }
}
