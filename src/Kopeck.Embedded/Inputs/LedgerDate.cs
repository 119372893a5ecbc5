using System.Globalization;

namespace Kopeck.Embedded;

/// <summary>A date, or the text of one such as <c>2026-11-23</c>, which is read by the ledger's rules. The default is no date.</summary>
public readonly record struct LedgerDate
{
    const string Format = "yyyy-MM-dd";

    readonly string? text;

    LedgerDate(string text) => this.text = text;

    /// <summary>The date as it was given.</summary>
    public override string ToString() => text ?? "";

    /// <summary>A date.</summary>
    public static LedgerDate Of(DateOnly date) => new(date.ToString(Format, CultureInfo.InvariantCulture));

    /// <summary>A date's text.</summary>
    public static LedgerDate Of(string text) => new(text);

    /// <summary>A date.</summary>
    public static implicit operator LedgerDate(DateOnly date) => Of(date);

    /// <summary>A date's text.</summary>
    public static implicit operator LedgerDate(string text) => Of(text);

    internal bool TryRead(out DateOnly date) => DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
