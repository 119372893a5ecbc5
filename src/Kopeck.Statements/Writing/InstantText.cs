using Kopeck.Ledger;

namespace Kopeck.Statements.Writing;

/// <summary>Instants as RFC 3339 in UTC with microseconds, without allocating.</summary>
static class InstantText
{
    /// <summary>The bytes of an instant's text.</summary>
    public const int Length = 27;

    public static int Format(Instant instant, Span<byte> utf8)
    {
        const long MicrosecondsOfDay = 86_400_000_000;
        var (day, rest) = Math.DivRem(Math.Clamp(instant.Microseconds, 0, Instant.Max.Microseconds), MicrosecondsOfDay);
        var date = DateOnly.FromDayNumber((int)day + UnixEpochDay);
        Digits(utf8, 0, 4, date.Year);
        utf8[4] = (byte)'-';
        Digits(utf8, 5, 2, date.Month);
        utf8[7] = (byte)'-';
        Digits(utf8, 8, 2, date.Day);
        utf8[10] = (byte)'T';
        Digits(utf8, 11, 2, (int)(rest / 3_600_000_000));
        utf8[13] = (byte)':';
        Digits(utf8, 14, 2, (int)(rest / 60_000_000 % 60));
        utf8[16] = (byte)':';
        Digits(utf8, 17, 2, (int)(rest / 1_000_000 % 60));
        utf8[19] = (byte)'.';
        Digits(utf8, 20, 6, (int)(rest % 1_000_000));
        utf8[26] = (byte)'Z';
        return Length;
    }

    static readonly int UnixEpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    static void Digits(Span<byte> utf8, int start, int count, int value)
    {
        for (var index = start + count - 1; index >= start; index--)
        {
            utf8[index] = (byte)('0' + value % 10);
            value /= 10;
        }
    }
}
