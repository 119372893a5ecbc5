using Kopeck.Engine.Reading;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;
using Kopeck.Statements.Languages;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Bulk;

/// <summary>What to draw for everybody.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Writer">The format.</param>
/// <param name="Folder">Where the files go; it is there.</param>
public sealed record MonthEndRequest(BookName Book, DateOnly Month, IStatementWriter Writer, Language Language, string Folder)
{
    /// <summary>Whose days the month has; null is the book's time zone.</summary>
    public DayZone? Zone { get; init; }

    /// <summary>
    /// The number to pin all of them at; the last operation if left out, or what an earlier run that was stopped has begun with.
    /// </summary>
    public PointInTime? At { get; init; }

    /// <summary>Whose; null is everybody's.</summary>
    public IReadOnlySet<long>? Customers { get; init; }

    /// <summary>How many are drawn at a time.</summary>
    public int Parallel { get; init; } = Environment.ProcessorCount;

    /// <summary>Told how many customers are done, and how many there are; from any thread.</summary>
    public Action<long, long>? OnProgress { get; init; }
}
