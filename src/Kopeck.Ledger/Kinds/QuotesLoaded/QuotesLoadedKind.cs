using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class QuotesLoadedKind() : KindOf<QuotesLoaded>(OperationKind.QuotesLoaded, "quotes_loaded")
{
    protected override void Encode(CanonicalJson json, QuotesLoaded body)
    {
        json.Date("date"u8, body.Date).Text("source"u8, body.Source.Value).StartArray("quotes"u8);
        foreach (var quote in body.Quotes)
        {
            json.StartObject().Text("currency"u8, quote.Currency).Pair(quote.Pair).EndObject();
        }

        json.EndArray();
    }

    protected override QuotesLoaded Read(Stored body) =>
        new(body.Date("date"), QuoteSource.Restore(body.Text("source")), [.. body.Objects("quotes").Select(ReadQuote)]);

    protected override void Fold(BookState state, Operation operation, QuotesLoaded body)
    {
        foreach (var quote in body.Quotes)
            state.Add(ToQuote(operation, body, quote));
    }

    protected override Touched Touches(Operation operation, QuotesLoaded body) =>
        new() { Quotes = [.. body.Quotes.Select(quote => ToQuote(operation, body, quote))] };

    protected override Flaw? Recheck(BookState before, Operation operation, QuotesLoaded body)
    {
        if (QuoteDates.Check(body.Date, before.Terms.LatestDayOf(operation.At)) is not null)
            return Flaw.OfBody("the date is too far ahead");
        return Flaw.OfBody(
            body.Quotes.Any(quote => quote.Currency == before.BaseCurrency) ? "the base currency's own quote cannot be loaded" : null);
    }

    static Quote ToQuote(Operation operation, QuotesLoaded body, LoadedQuote quote) =>
        new(quote.Currency, body.Date, operation.Number, quote.Pair, body.Source);

    static LoadedQuote ReadQuote(Stored quote) =>
        new(quote.Text("currency"), quote.Pair());
}
