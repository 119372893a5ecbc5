using Kopeck.Ledger.Fields;
using NodaTime;
using NodaTime.TimeZones;

namespace Kopeck.Ledger;

/// <summary>
/// Whose days a book, a statement or a report counts in. The zones are those of the table that is built into the program, so that every
/// machine finds the same days.
/// </summary>
public sealed class DayZone
{
    // The last day has no room for an offset: a wallet has no movements then.
    static readonly long LastMicrosecond = Instant.Max.Microseconds - 86_400_000_000 * 2;

    readonly DateTimeZone zone;

    DayZone(string id, DateTimeZone zone)
    {
        Id = id;
        this.zone = zone;
    }

    /// <summary>Days of UTC.</summary>
    public static DayZone Utc { get; } = new("UTC", DateTimeZone.Utc);

    /// <summary>Its name in the IANA's database, such as <c>Europe/Moscow</c>.</summary>
    public string Id { get; }

    /// <summary>Whether its days are those of UTC.</summary>
    public bool IsUtc => zone == DateTimeZone.Utc;

    /// <summary>Finds a zone by its IANA name; null where there is none.</summary>
    public static DayZone? Find(string id)
    {
        if (id == Utc.Id)
            return Utc;
        return TzdbDateTimeZoneSource.Default.CanonicalIdMap.ContainsKey(id) ? new DayZone(id, DateTimeZoneProviders.Tzdb[id]) : null;
    }

    /// <summary>What is wrong with a zone's name: <c>unknown_zone</c>, or nothing.</summary>
    public static FieldError? Check(ZoneName name) => Find(name.Value) is null
        ? new FieldError("unknown_zone", $"{name} is no time zone of the IANA's, such as Europe/Berlin")
        : null;

    /// <summary>The day of an instant.</summary>
    public DateOnly DayOf(Instant instant) => IsUtc ? instant.Date : DateOnly.FromDateTime(Local(instant));

    /// <summary>The date and the time of day that clocks show at an instant.</summary>
    public DateTime Local(Instant instant) => Noda(instant).InZone(zone).ToDateTimeUnspecified();

    /// <summary>The seconds that clocks are ahead of UTC at an instant.</summary>
    public int OffsetSeconds(Instant instant) => zone.GetUtcOffset(Noda(instant)).Seconds;

    /// <summary>What the time is called at an instant, such as <c>MSK</c>.</summary>
    public string Abbreviation(Instant instant) => IsUtc ? "GMT" : zone.GetZoneInterval(Noda(instant)).Name;

    /// <summary>The first instant of a day; not before 1970, where the journal's time begins.</summary>
    public Instant StartOf(DateOnly day)
    {
        if (IsUtc || day >= DateOnly.MaxValue.AddDays(-1))
            return Instant.From(day);
        var start = zone.AtStartOfDay(new LocalDate(day.Year, day.Month, day.Day)).ToInstant();
        return new Instant(Math.Max(0, start.ToUnixTimeTicks() / 10));
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    static NodaTime.Instant Noda(Instant instant) =>
        NodaTime.Instant.FromUnixTimeTicks(Math.Clamp(instant.Microseconds, 0, LastMicrosecond) * 10);
}
