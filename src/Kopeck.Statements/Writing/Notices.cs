using System.Globalization;
using Kopeck.Ledger.Money;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Writing;

/// <summary>What a statement has to say of itself.</summary>
public static class Notices
{
    /// <summary>That no quote was in force for some lines; null where there was one for all. Known at the end.</summary>
    public static string? NoQuote(Statement statement, Language language) => statement.Totals.Unquoted == 0
        ? null
        : NoQuote(statement.Totals, statement.BaseCurrency, language);

    /// <summary>Where the statement was drawn, with the journal's hash, and that quotes are missing for a wallet, where they are.</summary>
    public static string PinAndQuotes(Statement statement, StatementSection section, Language language) =>
        section.Totals.Unquoted > 0
            ? $"{Pin(statement, language)}. {NoQuote(section.Totals, statement.BaseCurrency, language)}"
            : Pin(statement, language);

    /// <summary>The same of the whole statement. Known at the end.</summary>
    public static string PinAndQuotes(Statement statement, Language language) =>
        NoQuote(statement, language) is { } missing ? $"{Pin(statement, language)}. {missing}" : Pin(statement, language);

    static string Pin(Statement statement, Language language) =>
        string.Create(CultureInfo.InvariantCulture, $"{language.DrawnAt} {statement.Pin.Number}, SHA-256 {statement.Pin.Hash}");

    /// <summary>That no quote was in force for so many lines of a wallet.</summary>
    public static string NoQuote(SectionTotals totals, Currency baseCurrency, Language language) =>
        string.Format(CultureInfo.InvariantCulture, language.NoQuote, totals.Unquoted, baseCurrency.Code);
}
