using Kopeck.Api.Inputs;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;

namespace Kopeck.Api.Calls;

/// <summary>The quotes of a date, by currency: each a decimal, which is what one unit is worth, or an object of both figures.</summary>
sealed class QuotesInput() : MapInput("quotes", "What each currency is worth in the book's base currency")
{
    const string Expected =
        "A quote is a decimal string, such as \"1.0842\", or an object of two: {\"units\": \"1.0870\", \"base\": \"1\"}";

    static readonly InputsOf<QuoteText> Take = new();

    /// <inheritdoc/>
    public override IReadOnlyList<Input> Members { get; } =
    [
        Take.Figure("units", "So many units of the currency", r => r.Units, (r, text) => r.Units = text),
        Take.Figure("base", "are worth so much of the book's base currency", r => r.Base, (r, text) => r.Base = text),
    ];

    public override object NewPart() => new QuoteText();

    public override FieldError? ReadSingle(object part, in WireValue value)
    {
        if (value.IsBroken)
            return new FieldError("unpaired_surrogate", "The text has an unpaired surrogate");
        if (value.Kind is not (WireKind.Text or WireKind.Number))
            return new FieldError("wrong_type", Expected);
        ((QuoteText)part).Base = value.ToString();
        return null;
    }

    public override FieldError? CheckName(string name) => Currency.TryFind(name, out _, out var error) ? null : error;

    public override string? Add(object request, string name, object part, out FieldError? error)
    {
        var quote = (QuoteText)part;
        var wrong = QuotePair.Read(quote.Units, quote.Base, out var pair, out error);
        if (wrong is null)
            ((LoadQuotesRequest)request).Loaded.Add(new LoadedQuote(name, pair));
        return wrong;
    }

    internal override void Check(object request, Problems problems, string place, string end)
    {
        var asked = (LoadQuotesRequest)request;
        asked.Loaded.Clear();
        foreach (var (name, quote) in asked.Quotes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            AddTo(request, name, quote, problems);
    }
}
