using Kopeck.Engine.Reading;
using Kopeck.Ledger;

namespace Kopeck.Api.Values;

/// <summary>
/// A point in the book's history: as an operation left it (by its number), or an instant in the past, or the text of either. The default is
/// none: now.
/// </summary>
public readonly record struct LedgerPoint
{
    LedgerPoint(PointInTime? point) => (IsGiven, Point) = (true, point);

    /// <summary>Whether one was given.</summary>
    public bool IsGiven { get; }

    /// <summary>The point; null where none was given, or a text that is none.</summary>
    public PointInTime? Point { get; }

    /// <summary>As an operation left it.</summary>
    public static LedgerPoint Of(long number) => new(PointInTime.Of(number));

    /// <summary>At an instant.</summary>
    public static LedgerPoint Of(Instant instant) => new(PointInTime.Of(instant));

    /// <summary>A text of either.</summary>
    public static LedgerPoint Of(string text) => new(PointInTime.TryParse(text, out var point) ? point : null);

    /// <summary>As an operation left it.</summary>
    public static implicit operator LedgerPoint(long number) => Of(number);

    /// <summary>At an instant.</summary>
    public static implicit operator LedgerPoint(DateTimeOffset instant) => Of(Instant.From(instant));

    /// <summary>A text of either.</summary>
    public static implicit operator LedgerPoint(string? text) => text is null ? default : Of(text);
}
