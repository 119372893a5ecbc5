using Kopeck.Ledger;

namespace Kopeck.Api.Values;

/// <summary>
/// An instant, cut to whole microseconds, or the text of one in RFC 3339 (a bare date is midnight UTC). The default is none.
/// </summary>
public readonly record struct LedgerInstant
{
    LedgerInstant(Instant? instant) => (IsGiven, Instant) = (true, instant);

    /// <summary>Whether one was given.</summary>
    public bool IsGiven { get; }

    /// <summary>The instant; null where none was given, or a text that is none.</summary>
    public Instant? Instant { get; }

    /// <summary>An instant.</summary>
    public static LedgerInstant Of(Instant instant) => new(instant);

    /// <summary>An instant's text.</summary>
    public static LedgerInstant Of(string text) => new(Kopeck.Ledger.Instant.TryParse(text, out var instant) ? instant : null);

    /// <summary>An instant.</summary>
    public static implicit operator LedgerInstant(DateTimeOffset moment) => Of(Kopeck.Ledger.Instant.From(moment));

    /// <summary>An instant, or none.</summary>
    public static implicit operator LedgerInstant(DateTimeOffset? moment) => moment is { } given ? given : default(LedgerInstant);

    /// <summary>An instant's text.</summary>
    public static implicit operator LedgerInstant(string? text) => text is null ? default : Of(text);

    /// <summary>The instant as the ledger writes it.</summary>
    public override string ToString() => Instant?.ToString() ?? "";
}
