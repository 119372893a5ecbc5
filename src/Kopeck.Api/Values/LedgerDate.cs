using System.Globalization;

namespace Kopeck.Api.Values;

/// <summary>A date, or the text of one such as <c>2026-11-23</c>, which is read by the ledger's rules. The default is no date.</summary>
public readonly record struct LedgerDate
{
    const string Format = "yyyy-MM-dd";

    LedgerDate(DateOnly? date) => (IsGiven, Date) = (true, date);

    /// <summary>Whether one was given.</summary>
    public bool IsGiven { get; }

    /// <summary>The date; null where none was given, or a text that is none.</summary>
    public DateOnly? Date { get; }

    /// <summary>The date as the ledger writes it.</summary>
    public override string ToString() => Date?.ToString(Format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A date.</summary>
    public static LedgerDate Of(DateOnly date) => new(date);

    /// <summary>A date's text.</summary>
    public static LedgerDate Of(string text) =>
        new(DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null);

    /// <summary>A date.</summary>
    public static implicit operator LedgerDate(DateOnly date) => Of(date);

    /// <summary>A date's text.</summary>
    public static implicit operator LedgerDate(string? text) => text is null ? default : Of(text);
}
