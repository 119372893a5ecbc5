using Kopeck.Ledger;

namespace Kopeck.Api.Values;

/// <summary>
/// When something ends: an instant, cut to whole microseconds, or <see cref="Never"/>. The default is one that was not given.
/// </summary>
public readonly record struct LedgerEnd
{
    readonly bool isNever;

    LedgerEnd(Instant? instant, bool isNever) => (IsGiven, Instant, this.isNever) = (true, instant, isNever);

    /// <summary>It does not end.</summary>
    public static LedgerEnd Never { get; } = new(null, true);

    /// <summary>Whether one was given, be it never.</summary>
    public bool IsGiven { get; }

    /// <summary>The instant; null for never.</summary>
    public Instant? Instant { get; }

    /// <summary>Whether it does not end.</summary>
    public bool IsNever => isNever;

    /// <summary>Whether it is an end, and not a text that is none.</summary>
    internal bool IsWellFormed => isNever || Instant is not null;

    /// <summary>An instant.</summary>
    public static LedgerEnd Of(Instant instant) => new(instant, false);

    /// <summary>An instant's text in RFC 3339; a bare date is midnight UTC.</summary>
    public static LedgerEnd Of(string text) => new(Kopeck.Ledger.Instant.TryParse(text, out var instant) ? instant : null, false);

    /// <summary>An instant.</summary>
    public static implicit operator LedgerEnd(DateTimeOffset moment) => Of(Kopeck.Ledger.Instant.From(moment));

    /// <summary>An instant's text; null is never.</summary>
    public static implicit operator LedgerEnd(string? text) => text is null ? Never : Of(text);

    /// <summary>The instant as the ledger writes it; empty for never.</summary>
    public override string ToString() => Instant?.ToString() ?? "";
}
