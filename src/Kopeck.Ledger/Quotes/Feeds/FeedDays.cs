using System.Globalization;
using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.Quotes.Feeds;

/// <summary>Gathers the days of a feed: every date once, every currency once a day, every figure a number above zero.</summary>
sealed class FeedDays(string source, FeedNotation notation)
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
        if (!notation.TryRead(units, out var per))
            return FeedErrors.BadRate(Name(date), units);
        day = new Day(date, baseCode, per);
        return days.TryAdd(date, day) ? null : FeedErrors.Duplicate(Name(date));
    }

    /// <summary>The day of a date, begun when it is new; for feeds whose rows each carry a date and a base.</summary>
    public FieldError? BeginOrContinue(DateOnly date, string baseCode, out Day? day)
    {
        if (!days.TryGetValue(date, out day))
            return Begin(date, baseCode, "1", out day);
        return day.Base == baseCode
            ? null
            : FeedErrors.Malformed(Name(date), $"the bases {day.Base} and {FeedErrors.Show(baseCode)} are mixed");
    }

    /// <summary>Adds a figure for as many units as the day says, or a nominal of its own.</summary>
    /// <param name="nominal">For how many units the figure is; those of the day if left out.</param>
    public FieldError? Add(Day day, string code, string figure, string? nominal = null)
    {
        if (code.Length is 0 or > MaxCodeLength || !code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            return FeedErrors.Malformed(Name(day.Date), $"{FeedErrors.Show(code)} is not a currency code");
        var per = day.Units;
        if (!notation.TryRead(figure, out var number))
            return FeedErrors.BadRate(Place(day, code), figure);
        if (nominal is not null && !notation.TryRead(nominal, out per))
            return FeedErrors.BadRate(Place(day, code), nominal);
        if (!day.Codes.Add(code))
            return FeedErrors.Duplicate(Place(day, code));
        if (code == day.Base)
            return number == per ? null : new FieldError("bad_rate", $"{Place(day, code)}: the base is worth 1 of itself, got {figure}");
        day.Figures.Add(notation.Direction == FeedDirection.CurrencyPerBase
            ? new FeedFigure(Shared(code), number, per)
            : new FeedFigure(Shared(code), per, number));
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
        DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
            ? null
            : FeedErrors.BadDate(place, text);

    static string Place(Day day, string code) => $"{code} of {Name(day.Date)}";

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
    public sealed record Day(DateOnly Date, string Base, FeedNumber Units)
    {
        public List<FeedFigure> Figures { get; } = [];

        public HashSet<string> Codes { get; } = new(StringComparer.Ordinal);
    }
}
