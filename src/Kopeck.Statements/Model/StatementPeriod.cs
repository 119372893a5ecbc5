using Kopeck.Ledger;

namespace Kopeck.Statements.Model;

/// <summary>A period as it was asked for and as it is covered.</summary>
/// <param name="Since">Inclusive; null is from the first operation on.</param>
/// <param name="Until">Exclusive; null is open.</param>
/// <param name="From">The number of the last operation before it.</param>
/// <param name="To">The number of the last operation that may belong to it.</param>
/// <param name="Start">The instant that it starts with: <paramref name="Since"/>, or the book's opening.</param>
/// <param name="End">The instant that it ends with: <paramref name="Until"/>, or the pinned instant where that is not reached yet; never
/// before <paramref name="Start"/>.</param>
public sealed record StatementPeriod(
    Ledger.Instant? Since, Ledger.Instant? Until, long From, long To, Ledger.Instant Start, Ledger.Instant End)
{
    /// <summary>Whose days it counts in.</summary>
    public DayZone Zone { get; init; } = DayZone.Utc;

    /// <summary>Whether the period goes on after the pin.</summary>
    public bool IsOpen => Until is null || End < Until;

    /// <summary>The day that it starts on.</summary>
    public DateOnly FirstDay => Zone.DayOf(Start);

    /// <summary>The last day that belongs to it: a period that ends at midnight ends with the day before.</summary>
    public DateOnly LastDay => Zone.DayOf(LastInstant);

    /// <summary>The last instant that belongs to it; its start where it is empty.</summary>
    public Ledger.Instant LastInstant => IsOpen || End <= Start ? End : new Ledger.Instant(End.Microseconds - 1);
}
