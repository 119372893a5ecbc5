using System.Globalization;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>What can be wrong with a feed.</summary>
static class FeedErrors
{
    const int MaxShown = 40;

    public static FieldError UnknownFormat { get; } = new(
        "unknown_format", "Not a feed that is known: ECB XML or CSV, Bank of Russia XML, Frankfurter JSON or openexchangerates JSON");

    public static FieldError Empty { get; } = new("empty_feed", "The feed has no rates");

    public static FieldError Malformed(string place, string what) => new("malformed_feed", $"{place}: {what}");

    public static FieldError BadDate(string place, string text) => new("bad_date", $"{place}: {Show(text)} is not a date of this feed");

    public static FieldError BadRate(string place, string text) =>
        new("bad_rate", $"{place}: {Show(text)} is not a number above zero that can be read exactly");

    public static FieldError Duplicate(string place) => new("duplicate_rate", $"{place} is there twice");

    /// <summary>A piece of a feed, short and without control and format characters.</summary>
    public static string Show(string text)
    {
        var head = text.Length <= MaxShown ? text : text[..MaxShown] + "...";
        return '"' + string.Concat(head.Select(letter => IsPlain(letter) ? letter : '?')) + '"';
    }

    static bool IsPlain(char letter) =>
        char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
