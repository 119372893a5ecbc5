using Kopeck.Ledger.Fields;

namespace Kopeck.Ledger.State;

/// <summary>What a book says of quotes and days, until an operation changes it.</summary>
/// <param name="QuoteMaxAgeDays">For how many days after its date a quote may be used.</param>
/// <param name="TimeZone">Whose days count: a name in the IANA's database.</param>
public sealed record BookTerms(int QuoteMaxAgeDays, ZoneName TimeZone)
{
    // No clock was ever further from UTC.
    const long LargestOffsetMicroseconds = 18L * 3_600 * 1_000_000;

    /// <summary>
    /// The instant of the last operation at which time may stand still: where it is ahead of all clocks, and somebody who answers for the
    /// book said that it is to go on all the same. Null: it may not.
    /// </summary>
    public Instant? ClockStandsAt { get; init; }

    /// <summary>The zone of a book that names none.</summary>
    public static ZoneName Utc { get; } = ZoneName.Parse(DayZone.Utc.Id);

    /// <summary>Whether its days are those of UTC, by its name.</summary>
    public bool IsUtc => TimeZone == Utc;

    /// <summary>
    /// The days that it counts in. Throws <see cref="InvalidOperationException"/> for a zone that is not in the program's table.
    /// </summary>
    public DayZone Zone => IsUtc
        ? DayZone.Utc
        : DayZone.Find(TimeZone.Value) ?? throw new InvalidOperationException($"The book's time zone {TimeZone} is unknown");

    /// <summary>
    /// Whether a day that was recorded can be that of an instant, whatever the tables of zones say today: what was decided is never decided
    /// again by another table.
    /// </summary>
    public bool CanBeDayOf(DateOnly day, Instant at) => IsUtc
        ? day == at.Date
        : day >= Shift(at, -LargestOffsetMicroseconds) && day <= LatestDayOf(at);

    /// <summary>The last day that can be that of an instant, whatever the tables of zones say.</summary>
    public DateOnly LatestDayOf(Instant at) => IsUtc ? at.Date : Shift(at, LargestOffsetMicroseconds);

    static DateOnly Shift(Instant at, long microseconds) =>
        new Instant(Math.Clamp(at.Microseconds + microseconds, 0, Instant.Max.Microseconds)).Date;
}
