using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;

namespace Kopeck.Ledger.Holds;

/// <summary>
/// How long a hold lives, as it was asked: so many seconds from the operation's instant on, until an instant, or for ever. <c>default</c>
/// is a week.
/// </summary>
public readonly record struct HoldLife
{
    /// <summary>A week: the life of a hold of which nothing else is said, in seconds.</summary>
    public const long DefaultSeconds = 7 * 86_400;

    /// <summary>The longest life: 366 days, in seconds.</summary>
    public const long MaxSeconds = 366 * 86_400;

    const long Second = 1_000_000;

    /// <summary>From 1 to <see cref="MaxSeconds"/>; null where nothing or something else is said.</summary>
    public long? Seconds { get; init; }

    /// <summary>When it ends.</summary>
    public Instant? Until { get; init; }

    /// <summary>Whether it never ends.</summary>
    public bool IsForever { get; init; }

    /// <summary>What a life of so many seconds has wrong, whenever it begins.</summary>
    internal FieldProblem? Check() => Seconds is < 1 or > MaxSeconds
        ? new FieldProblem("/expiresInSeconds", "out_of_range", $"A hold lives 1 to {MaxSeconds} seconds, which are 366 days")
        : null;

    /// <summary>When a hold ends that is placed or extended at an instant; null is never.</summary>
    internal Rejection? TryEnd(Instant at, out Instant? end)
    {
        end = IsForever ? null : Until ?? new Instant(at.Microseconds + ((Seconds ?? DefaultSeconds) * Second));
        if (end is not { } moment || Until is null)
            return null;
        var life = moment.Microseconds - at.Microseconds;
        return life is < Second or > MaxSeconds * Second
            ? Rejection.InvalidFields(new FieldProblem(
                "/expiresAt", "out_of_range",
                $"A hold ends 1 second to 366 days from now, which is {at}: name an instant from {new Instant(at.Microseconds + Second)} on"))
            : null;
    }

    internal void Write(FingerprintWriter writer) =>
        writer.Add("expiresInSeconds", Seconds == DefaultSeconds ? null : Seconds).Add("expiresAt", IsForever ? "null" : Until?.ToString());
}
