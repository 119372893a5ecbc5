using System.Globalization;

namespace Kopeck.Ledger;

/// <summary>A point in time: whole microseconds since 1970-01-01T00:00:00Z, never before it. <c>default</c> is that moment.</summary>
/// <param name="Microseconds">From 0 to the end of the year 9999.</param>
public readonly record struct Instant(long Microseconds) : IComparable<Instant>
{
    const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    /// <summary>The last instant that has a date: the last microsecond of the year 9999.</summary>
    public static Instant Max => new((DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TicksPerMicrosecond);

    /// <summary>The day of this instant in UTC.</summary>
    public DateOnly Date => DateOnly.FromDateTime(ToDateTime());

    /// <summary>The instant of a moment, cut to whole microseconds.</summary>
    public static Instant From(DateTimeOffset moment) =>
        new(Math.Max(0, (moment.UtcTicks - DateTime.UnixEpoch.Ticks) / TicksPerMicrosecond));

    /// <summary>Midnight UTC of a day; the first instant for days before 1970.</summary>
    public static Instant From(DateOnly day) => From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)));

    /// <summary>Reads RFC 3339 with any offset, or a bare date as midnight UTC. Digits finer than a microsecond are refused.</summary>
    public static bool TryParse(string? text, out Instant instant)
    {
        instant = default;
        if (text is null || text.Length > 40 || !text.All(char.IsAscii))
            return false;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            instant = From(day);
            return true;
        }

        string[] formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text.Contains('T', StringComparison.Ordinal));
        if (!hasOffset || !DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return false;
        instant = From(moment);
        return true;
    }

    /// <summary>The instant that is later by a time.</summary>
    public Instant Plus(TimeSpan time) => new(Microseconds + time.Ticks / TicksPerMicrosecond);

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Microseconds.CompareTo(other.Microseconds);

    /// <summary>RFC 3339 in UTC with microseconds: <c>2026-11-23T09:15:02.114090Z</c>.</summary>
    public override string ToString() => ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Whether one instant is before another.</summary>
    public static bool operator <(Instant left, Instant right) => left.Microseconds < right.Microseconds;

    /// <summary>Whether one instant is after another.</summary>
    public static bool operator >(Instant left, Instant right) => left.Microseconds > right.Microseconds;

    /// <summary>Whether one instant is not after another.</summary>
    public static bool operator <=(Instant left, Instant right) => left.Microseconds <= right.Microseconds;

    /// <summary>Whether one instant is not before another.</summary>
    public static bool operator >=(Instant left, Instant right) => left.Microseconds >= right.Microseconds;

    DateTime ToDateTime() => DateTime.UnixEpoch.AddTicks(Math.Clamp(Microseconds, 0, Max.Microseconds) * TicksPerMicrosecond);
}
