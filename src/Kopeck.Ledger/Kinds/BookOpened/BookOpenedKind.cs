using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class BookOpenedKind() : KindOf<BookOpened>(OperationKind.BookOpened, "book_opened")
{
    protected override void Encode(CanonicalJson json, BookOpened body) => json
        .Text("baseCurrency"u8, body.BaseCurrency.Code)
        .Number("minorUnits"u8, body.BaseCurrency.MinorUnits)
        .Number("quoteMaxAgeDays"u8, body.Terms.QuoteMaxAgeDays)
        .Text("secretDigest"u8, body.SecretDigest.ToString())
        .OptionalText("timeZone"u8, body.Terms.IsUtc ? null : body.Terms.TimeZone.Value);

    protected override BookOpened Read(Stored body) => new(body.Currency("baseCurrency"), ReadTerms(body), body.Digest("secretDigest"));

    protected override void Fold(BookState state, Operation operation, BookOpened body)
    {
        // The state begins with it.
    }

    protected override Flaw? Recheck(BookState before, Operation operation, BookOpened body) =>
        Flaw.OfBody(operation.Number == 1 ? null : "only the first operation opens the book");

    static BookTerms ReadTerms(Stored body) => new(
        body.Count("quoteMaxAgeDays"), body.OptionalText("timeZone") is { } zone ? ZoneName.Restore(zone) : BookTerms.Utc);
}
