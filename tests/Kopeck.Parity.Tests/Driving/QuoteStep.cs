namespace Kopeck.Parity.Tests.Driving;

/// <summary>A quote to load: what so many units, one if null, are worth.</summary>
public readonly record struct QuoteStep(string Currency, string Rate, string? Units = null)
{
    public static implicit operator QuoteStep((string Currency, string Rate) quote) => new(quote.Currency, quote.Rate);
}
