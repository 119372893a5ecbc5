using System.Globalization;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Reading;

/// <summary>
/// A point in a book's history: as an operation left it, or the last operation at an instant. <c>default</c> is the first instant.
/// </summary>
public readonly record struct PointInTime
{
    const int MostDigits = 19;

    PointInTime(long? number, Instant? instant) => (Number, Instant) = (number, instant);

    /// <summary>The operation's number; null where the instant counts.</summary>
    public long? Number { get; }

    /// <summary>The instant; null where the number counts.</summary>
    public Instant? Instant { get; }

    /// <summary>As an operation left it.</summary>
    public static PointInTime Of(long number) => new(number, null);

    /// <summary>At an instant.</summary>
    public static PointInTime Of(Instant instant) => new(null, instant);

    /// <summary>
    /// Reads a journal number without leading zeros, or an instant or a date as <see cref="Kopeck.Ledger.Instant.TryParse"/> reads them.
    /// </summary>
    public static bool TryParse(string? text, out PointInTime point)
    {
        point = default;
        if (text is { Length: > 0 and <= MostDigits } && text.All(char.IsAsciiDigit) && (text[0] != '0' || text.Length == 1)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            point = Of(number);
        else if (Kopeck.Ledger.Instant.TryParse(text, out var instant))
            point = Of(instant);
        else
            return false;
        return true;
    }

    /// <summary>The number of the operation that the point stands for: one that there is.</summary>
    /// <param name="head">The book's last number.</param>
    public async ValueTask<(long Number, FieldError? Error)> FindAsync(
        ILedgerReader reader, BookName book, long head, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Number is { } number)
        {
            return number < 1 || number > head
                ? (0, new FieldError(number < 1 ? "bad_value" : "in_the_future", $"The book's operations are 1 to {head}"))
                : (number, null);
        }

        var moment = Instant.GetValueOrDefault();
        if (moment > Kopeck.Ledger.Instant.From(time.GetUtcNow()))
            return (0, new FieldError("in_the_future", "Give an instant in the past"));
        var found = await reader.FindNumberAtAsync(book, moment, cancellationToken).ConfigureAwait(false);
        return found == 0 ? (0, new FieldError("bad_value", "The book was opened later")) : (found, null);
    }
}
