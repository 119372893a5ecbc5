using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Statements.Model;

namespace Kopeck.Statements.Reports;

/// <summary>What report to draw.</summary>
/// <param name="At">The number to pin it at; null is the last operation.</param>
/// <param name="Since">Turnover: inclusive; null is from the beginning.</param>
/// <param name="Until">Turnover: exclusive; null is open.</param>
/// <param name="Date">Exchange: the date of the quotes; null is the day of the pinned instant.</param>
public sealed record ReportRequest(
    BookName Book, PointInTime? At = null, PeriodBound? Since = null, PeriodBound? Until = null, DateOnly? Date = null)
{
    /// <summary>Whose days it counts in; null is the book's time zone.</summary>
    public DayZone? Zone { get; init; }

    /// <summary>Told how far reading is: operations that were read, and how many there are to read.</summary>
    public Action<long, long>? OnProgress { get; init; }
}
