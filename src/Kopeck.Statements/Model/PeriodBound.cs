using System.Globalization;
using Kopeck.Ledger;

namespace Kopeck.Statements.Model;

/// <summary>A border of a period: an instant, or a day, which begins when it does in the zone that the statement counts in.</summary>
/// <param name="Instant">Null where the day counts.</param>
/// <param name="Day">Null where the instant counts.</param>
public readonly record struct PeriodBound(Instant? Instant, DateOnly? Day)
{
    /// <summary>A border at an instant.</summary>
    public static implicit operator PeriodBound(Instant instant) => new(instant, null);

    /// <summary>A border at the beginning of a day.</summary>
    public static implicit operator PeriodBound(DateOnly day) => new(null, day);

    /// <summary>Reads RFC 3339 with any offset, or a bare date.</summary>
    public static bool TryParse(string? text, out PeriodBound bound)
    {
        bound = default;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            bound = day;
        else if (Ledger.Instant.TryParse(text, out var instant))
            bound = instant;
        else
            return false;
        return true;
    }

    /// <summary>The instant of the border in a zone.</summary>
    public Instant In(DayZone zone) => Day is { } day ? zone.StartOf(day) : Instant ?? default;
}
