using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class BookChangedKind() : KindOf<BookChanged>(OperationKind.BookChanged, "book_changed")
{
    protected override void Encode(CanonicalJson json, BookChanged body) => json
        .Number("quoteMaxAgeDays"u8, body.Terms.QuoteMaxAgeDays)
        .Text("timeZone"u8, body.Terms.TimeZone.Value)
        .Number("before"u8, body.Before)
        .OptionalNumber("clockStandsAtMicroseconds"u8, body.Terms.ClockStandsAt?.Microseconds);

    protected override BookChanged Read(Stored body) =>
        new(
            new BookTerms(body.Count("quoteMaxAgeDays"), ZoneName.Restore(body.Text("timeZone")))
            {
                ClockStandsAt = body.OptionalNumber("clockStandsAtMicroseconds") is { } at ? new Instant(at) : null,
            },
            body.Number("before"));

    protected override void Fold(BookState state, Operation operation, BookChanged body) =>
        state.Set(body.Terms, operation.Number);

    protected override Touched Touches(Operation operation, BookChanged body) => new() { Terms = body.Terms };

    protected override Flaw? Recheck(BookState before, Operation operation, BookChanged body)
    {
        if (body.Terms.QuoteMaxAgeDays < 1)
            return Flaw.OfBody("quotes could not be used on their own date");
        // Time stands still at the operation before, and was never let stand anywhere else.
        if (body.Terms.ClockStandsAt is { } stand
            && stand != before.Terms.ClockStandsAt
            && (stand != before.Head.At || operation.At != stand))
            return Flaw.OfBody("time would stand still at another instant than that of the operation before");
        if (body.Before != before.TermsNumber)
            return Flaw.OfBody("it does not name the operation that set the terms before");
        return Flaw.OfBody(body.Terms == before.Terms ? "it changes nothing" : null);
    }
}
