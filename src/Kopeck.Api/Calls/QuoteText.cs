using System.Globalization;

namespace Kopeck.Api.Calls;

/// <summary>A quote to load: so many units of a currency are worth so much of the book's base currency, both as decimal texts.</summary>
public sealed record QuoteText
{
    /// <summary>A quote without figures.</summary>
    public QuoteText()
    {
    }

    /// <summary>A quote.</summary>
    /// <param name="units">Null for one unit.</param>
    /// <param name="worth">What they are worth.</param>
    public QuoteText(string? units, string? worth) => (Units, Base) = (units, worth);

    /// <summary>Of the currency; null for one.</summary>
    public string? Units { get; set; }

    /// <summary>What they are worth in the book's base currency.</summary>
    public string? Base { get; set; }

    /// <summary>What one unit is worth.</summary>
    public static implicit operator QuoteText(string worth) => new(null, worth);

    /// <summary>What one unit is worth.</summary>
    public static implicit operator QuoteText(decimal worth) => new(null, worth.ToString(CultureInfo.InvariantCulture));
}
