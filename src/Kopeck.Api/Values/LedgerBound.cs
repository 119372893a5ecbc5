using Kopeck.Statements.Model;

namespace Kopeck.Api.Values;

/// <summary>
/// A border of a period: an instant, cut to whole microseconds, or a day, which begins when it does in the zone that the document counts
/// in; or the text of either. The default is none.
/// </summary>
public readonly record struct LedgerBound
{
    LedgerBound(PeriodBound? bound) => (IsGiven, Bound) = (true, bound);

    /// <summary>Whether one was given.</summary>
    public bool IsGiven { get; }

    /// <summary>The border; null where none was given, or a text that is none.</summary>
    public PeriodBound? Bound { get; }

    /// <summary>A border.</summary>
    public static LedgerBound Of(PeriodBound bound) => new(bound);

    /// <summary>A border's text.</summary>
    public static LedgerBound Of(string text) => new(PeriodBound.TryParse(text, out var bound) ? bound : null);

    /// <summary>A border at an instant.</summary>
    public static implicit operator LedgerBound(DateTimeOffset moment) => Of(Ledger.Instant.From(moment));

    /// <summary>A border at an instant, or none.</summary>
    public static implicit operator LedgerBound(DateTimeOffset? moment) => moment is { } given ? given : default(LedgerBound);

    /// <summary>A border at the beginning of a day.</summary>
    public static implicit operator LedgerBound(DateOnly day) => Of(day);

    /// <summary>A border's text.</summary>
    public static implicit operator LedgerBound(string? text) => text is null ? default : Of(text);

    /// <summary>The instant or the day as it is written in requests.</summary>
    public override string ToString() =>
        Bound is { } bound ? bound.Instant?.ToString() ?? $"{bound.Day:yyyy-MM-dd}" : "";
}
