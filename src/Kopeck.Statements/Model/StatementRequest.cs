using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;

namespace Kopeck.Statements.Model;

/// <summary>What statement to draw.</summary>
/// <param name="Since">Inclusive; null is from the beginning.</param>
/// <param name="Until">Exclusive; null is open.</param>
/// <param name="At">The number to pin it at; null is the last operation.</param>
public sealed record StatementRequest(
    BookName Book, StatementSubject Subject, PeriodBound? Since = null, PeriodBound? Until = null, PointInTime? At = null)
{
    /// <summary>Whose days it counts in; null is the book's time zone.</summary>
    public DayZone? Zone { get; init; }

    /// <summary>Whether the holds that are open at the pin are told, in formats that tell them.</summary>
    public bool WithHolds { get; init; }

    /// <summary>Told how many lines each page had that was read.</summary>
    public Action<int>? OnPage { get; init; }
}
