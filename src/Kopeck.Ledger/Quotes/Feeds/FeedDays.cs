using System.Globalization;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>Gathers the days of a feed: every date once, every currency once a day, every figure a number above zero.</summary>
sealed class FeedDays(string source, char decimalSign, FeedDirection direction)
{
    const int MaxCodeLength = 20;

    readonly Dictionary<DateOnly, Day> days = [];
    readonly HashSet<string> codes = new(StringComparer.Ordinal);

    /// <summary>Begins a day.</summary>
    public FieldError? Begin(DateOnly date, string baseCode, string units, out Day? day)
    {
        day = null;
        if (baseCode is not { Length: 3 } || !baseCode.All(char.IsAsciiLetterUpper))
            return FeedErrors.Malformed(Name(date), $"the base {FeedErrors.Show(baseCode)} is not a currency code");
        if (!FeedNumber.TryParse(units, decimalSign, out _))
            return FeedErrors.BadRate(Name(date), units);
        day = new Day(date, baseCode, units);
        return days.TryAdd(date, day) ? null : FeedErrors.Duplicate(Name(date));
    }

    /// <summary>The day of a date, begun when it is new; for feeds whose rows each carry a date and a base.</summary>
    public FieldError? BeginOrContinue(DateOnly date, string baseCode, out Day? day)
    {
        if (!days.TryGetValue(date, out day))
            return Begin(date, baseCode, "1", out day);
        return day.Base == baseCode ? null : FeedErrors.Malformed(Name(date), $"the bases {day.Base} and {FeedErrors.Show(baseCode)} are mixed");
    }

    /// <summary>Adds a figure for as many units as the day says.</summary>
    public FieldError? Add(Day day, string code, string figure) => Add(day, code, figure, day.Units);

    /// <summary>Adds a figure.</summary>
    public FieldError? Add(Day day, string code, string figure, string units)
    {
        if (code.Length is 0 or > MaxCodeLength || !code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            return FeedErrors.Malformed(Name(day.Date), $"{FeedErrors.Show(code)} is not a currency code");
        var place = $"{code} of {Name(day.Date)}";
        if (!FeedNumber.TryParse(figure, decimalSign, out var number))
            return FeedErrors.BadRate(place, figure);
        if (!FeedNumber.TryParse(units, decimalSign, out var per))
            return FeedErrors.BadRate(place, units);
        if (!day.Codes.Add(code))
            return FeedErrors.Duplicate(place);
        if (code == day.Base)
            return FeedRatio.IsOne(number, per) ? null : new FieldError("bad_rate", $"{place}: the base is worth 1 of itself, got {figure}");
        day.Figures.Add(new FeedFigure(Shared(code), figure, units, direction));
        return null;
    }

    /// <summary>What was gathered; days without figures are left out.</summary>
    public FieldError? Finish(out FeedContent? feed)
    {
        feed = new FeedContent
        {
            Source = source,
            Days =
            [
                .. days.Values
                    .Where(day => day.Figures.Count > 0)
                    .OrderBy(day => day.Date)
                    .Select(day => new FeedDay { Date = day.Date, Base = day.Base, Figures = day.Figures }),
            ],
        };
        if (feed.Days.Count > 0)
            return null;
        feed = null;
        return FeedErrors.Empty;
    }

    /// <summary>Reads a date that is written in one of the formats.</summary>
    public static FieldError? ReadDate(string text, string place, out DateOnly date, params string[] formats) =>
        DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date) ? null : FeedErrors.BadDate(place, text);

    static string Name(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>One string a code: decades of days name the same few dozen.</summary>
    string Shared(string code)
    {
        if (codes.TryGetValue(code, out var shared))
            return shared;
        codes.Add(code);
        return code;
    }

    /// <summary>A day that is being gathered.</summary>
    public sealed record Day(DateOnly Date, string Base, string Units)
    {
        public List<FeedFigure> Figures { get; } = [];

        public HashSet<string> Codes { get; } = new(StringComparer.Ordinal);
    }
}
