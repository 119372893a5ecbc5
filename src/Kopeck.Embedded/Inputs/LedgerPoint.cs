using Kopeck.Ledger;

namespace Kopeck.Embedded;

/// <summary>A point in the book's history: as an operation left it (by its number), or an instant in the past.</summary>
public readonly record struct LedgerPoint
{
    LedgerPoint(long? number, Instant? instant)
    {
        Number = number;
        Instant = instant;
    }

    internal long? Number { get; }

    internal Instant? Instant { get; }

    /// <summary>As an operation left it.</summary>
    public static LedgerPoint Of(long number) => new(number, null);

    /// <summary>At an instant.</summary>
    public static LedgerPoint Of(DateTimeOffset instant) => new(null, Kopeck.Ledger.Instant.From(instant));

    /// <summary>As an operation left it.</summary>
    public static implicit operator LedgerPoint(long number) => Of(number);

    /// <summary>At an instant.</summary>
    public static implicit operator LedgerPoint(DateTimeOffset instant) => Of(instant);
}
