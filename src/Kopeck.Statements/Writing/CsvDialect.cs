using Kopeck.Statements.Languages;

namespace Kopeck.Statements.Writing;

/// <summary>How a table is written as text.</summary>
/// <param name="Separator">Between fields.</param>
/// <param name="DecimalMark">In numbers.</param>
/// <param name="DatePattern">Of days.</param>
/// <param name="HasMark">Whether a byte order mark says that it is UTF-8, which Excel needs.</param>
readonly record struct CsvDialect(char Separator, char DecimalMark, string DatePattern, bool HasMark)
{
    /// <summary>RFC 4180.</summary>
    public static CsvDialect Plain { get; } = new(',', '.', "yyyy-MM-dd", HasMark: false);

    /// <summary>As spreadsheets in a language expect it: where numbers have a comma, fields are parted by semicolons.</summary>
    public static CsvDialect ForPeople(Language language) =>
        new(language.DecimalMark == ',' ? ';' : ',', language.DecimalMark, language.DatePattern, HasMark: true);
}
